import { formatPounds, sumPence } from '../core/money.js';
import { type DefinitionFault, duplicates } from './definition-fault.js';
import type { AwardEntry, DefinitionFile, TrancheEntry } from './definition-file.types.js';
import { penceOf } from './definition-money.rules.js';

/** A tranche with its place in the file. */
type Placed = TrancheEntry & { readonly pointer: string };

/**
 * Rules of instalments: in order of number and of time, within the programme, each delivery on milestones of the
 * same awardee or of whoever took it over, and together as much as the award.
 */
export function trancheFaults(file: DefinitionFile): DefinitionFault[] {
  const bodies = new Set(file.organisations.map(({ ods }) => ods));
  const owners = new Map(
    file.projects.flatMap(({ trust, code: project, milestones }) =>
      milestones.map(({ code }): [string, string] => [`${project}/${code}`, trust]),
    ),
  );
  return file.awards.flatMap((award, index) => {
    const pointer = `/awards/${index}/tranches`;
    const tranches = (award.tranches ?? []).map((each, at) => ({ ...each, pointer: `${pointer}/${at}` }));
    if (tranches.length === 0) return [];
    return [
      ...numberFaults(tranches),
      ...dateFaults(tranches, file),
      ...tranches.flatMap((tranche) =>
        milestoneFaults(
          tranche,
          { trust: award.trust, holders: holdersOf(file, award.trust) },
          owners,
          bodies,
        ),
      ),
      ...sumFaults(award, tranches, pointer),
    ];
  });
}

function numberFaults(tranches: readonly Placed[]): DefinitionFault[] {
  return tranches.flatMap(({ number, pointer }, index) => {
    if (number === index + 1) return [];
    const message = `This is instalment ${index + 1} of the award, and it says ${number}. Number them 1, 2, 3 in the order of the file.`;
    return [{ code: 'tranche-out-of-order', message, pointer: `${pointer}/number` }];
  });
}

function dateFaults(tranches: readonly Placed[], { programme }: DefinitionFile): DefinitionFault[] {
  return tranches.flatMap(({ number, plannedOn, pointer }, index) => {
    const faults: DefinitionFault[] = [];
    const add = (code: string, message: string) =>
      faults.push({ code, message, pointer: `${pointer}/plannedOn` });
    if (plannedOn < programme.startsOn || plannedOn > programme.endsOn)
      add(
        'tranche-outside-programme',
        `Instalment ${number} is planned on ${plannedOn}, outside the programme, which runs from ${programme.startsOn} to ${programme.endsOn}. Correct the day or the programme's dates.`,
      );
    const before = tranches[index - 1];
    if (before && plannedOn < before.plannedOn)
      add(
        'tranche-dates-reversed',
        `Instalment ${number} is planned on ${plannedOn}, before instalment ${before.number} on ${before.plannedOn}. Correct one of the days, or change their order.`,
      );
    return faults;
  });
}

/** An awardee, and whoever took all of it over since: a merger novates its agreement, and its projects go along. */
function holdersOf({ successions = [] }: DefinitionFile, awardee: string): ReadonlySet<string> {
  const holders = new Set([awardee]);
  for (const holder of holders)
    for (const { kind, predecessor, successor } of successions)
      if (kind === 'took-over-all' && predecessor === holder) holders.add(successor);
  return holders;
}

function milestoneFaults(
  { number, basis, milestones = [], pointer }: Placed,
  { trust, holders }: { trust: string; holders: ReadonlySet<string> },
  owners: ReadonlyMap<string, string>,
  bodies: ReadonlySet<string>,
): DefinitionFault[] {
  if (basis === 'delivery' && milestones.length === 0) {
    const message = `Instalment ${number} is paid on delivery and names no milestone. Name at least one that opens it, as project/milestone, or make it an advance.`;
    return [{ code: 'tranche-without-milestone', message, pointer }];
  }
  const place = (index: number): string => `${pointer}/milestones/${index}`;
  const unfit = milestones.flatMap((milestone, index) => {
    const owner = owners.get(milestone);
    if (owner === undefined) {
      const message = `There is no milestone ${milestone} among the projects. Write the project's code and the milestone's, such as online-access/go-live.`;
      return [{ code: 'unknown-milestone', message, pointer: place(index) }];
    }
    // That a body is unknown is said where it is named.
    if (holders.has(owner) || !bodies.has(owner) || !bodies.has(trust)) return [];
    const message = `${milestone} is a milestone of ${owner}, and this instalment is of ${trust}. Name one of ${trust}'s own.`;
    return [{ code: 'milestone-of-another-awardee', message, pointer: place(index) }];
  });
  return [...unfit, ...duplicates('tranche milestone', milestones, (milestone) => milestone, place)];
}

function sumFaults(award: AwardEntry, tranches: readonly Placed[], pointer: string): DefinitionFault[] {
  const sum = sumPence(tranches.map(({ grantPounds }) => penceOf(grantPounds)));
  const awarded = penceOf(award.grantPounds);
  if (sum === awarded) return [];
  const message = `The instalments of ${award.trust} add up to ${formatPounds(sum)}, and its award says ${formatPounds(awarded)}. Correct the instalments or the award.`;
  return [{ code: 'award-tranche-mismatch', message, pointer }];
}
