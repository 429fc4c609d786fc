import { type Blocker, blockers } from '../../core/blockers.js';
import { NEVER_WAIVED } from './gate.rules.js';

/** A waiver that stands: neither withdrawn nor expired. */
export interface StandingWaiver {
  id: string;
  /** The codes that it names. */
  codes: string[];
  /** What blocked the tranche under those codes when it was granted. */
  covers: Blocker[];
  reason: string;
  authority: string;
  grantedBy: { id: string; name: string };
}

/** A blocker that is let be, and by what. */
export interface WaivedBlocker extends Blocker {
  waiver: Pick<StandingWaiver, 'id' | 'reason' | 'authority' | 'grantedBy'>;
}

/**
 * Whether a waiver lets a blocker be: it names the code, and it was granted for this very thing. A milestone that was
 * added to the tranche since, or a return that fell overdue since, is not what its granter looked at.
 */
function covers({ codes, covers: granted }: StandingWaiver, { code, about }: Blocker): boolean {
  return (
    codes.includes(code) &&
    !NEVER_WAIVED.includes(code) &&
    granted.some((each) => each.code === code && each.about?.id === about?.id)
  );
}

/**
 * What still keeps a gate shut once the standing waivers are applied, and what they let be. A waiver of somebody who
 * prepared, certified, approves or pays the claim opens nothing (domain.md section 9, rules 2 and 5).
 * @param found of `gateBlockers`
 * @param deciders the ids of those people; none where nobody claims yet
 */
export function throughWaivers(
  found: readonly Blocker[],
  waivers: readonly StandingWaiver[],
  deciders: readonly string[] = [],
): { blockers: Blocker[]; waived: WaivedBlocker[] } {
  const [own, others] = [true, false].map((own) =>
    waivers.filter(({ grantedBy }) => deciders.includes(grantedBy.id) === own),
  ) as [StandingWaiver[], StandingWaiver[]];
  const waived: WaivedBlocker[] = [];
  const left: Blocker[] = [];
  for (const blocker of found) {
    const waiver = others.find((each) => covers(each, blocker));
    if (!waiver) left.push(blocker);
    else {
      const { id, reason, authority, grantedBy } = waiver;
      waived.push({ ...blocker, waiver: { id, reason, authority, grantedBy } });
    }
  }
  const refused = own.flatMap((waiver) => {
    const blocker = left.find((each) => covers(waiver, each));
    return blocker ? [granterDecides(waiver, blocker)] : [];
  });
  return { blockers: [...left, ...refused], waived };
}

const granterDecides = ({ id, grantedBy }: StandingWaiver, { dueOn }: Blocker): Blocker => ({
  code: 'waiver-granter-decides',
  message: `${grantedBy.name} granted the waiver that would open this gate, and has a part in this claim: whoever waives does not also prepare, certify, approve or pay.`,
  about: { kind: 'gate-waiver', id, name: `Waiver by ${grantedBy.name}` },
  clearedBy: 'Another person approves or pays, or grants the waiver.',
  ...(dueOn === undefined ? {} : { dueOn }),
});

/** What is asked for. */
export interface WaiverRequest {
  codes: readonly string[];
  expiresOn: string | null;
}

/**
 * What of the codes of a waiver is wrong in itself: one that no condition of a gate has, or that nobody can waive.
 * @param known every code that a gate's blocker may have
 */
export function waiverCodeFaults(
  codes: readonly string[],
  known: readonly string[],
): Array<{ code: string; message: string; pointer: string }> {
  return codes.flatMap((code, index) => {
    const pointer = `/codes/${index}`;
    if (NEVER_WAIVED.includes(code))
      return [{ code: 'not-waivable', message: `Nobody can waive ${code}.`, pointer }];
    if (known.includes(code)) return [];
    const waivable = known.filter((each) => !NEVER_WAIVED.includes(each));
    const message = `There is no code ${code}. Name one or more of: ${waivable.join(', ')}.`;
    return [{ code: 'unknown-gate-code', message, pointer }];
  });
}

/**
 * What keeps a waiver from being granted now: each code that it names blocks the tranche on this day, because one that
 * is granted ahead would open the gate for what nobody has looked at; and it ends on a day that is not over.
 * @param found what blocks the tranche, before any waiver
 */
export function waiverBlockers(request: WaiverRequest, found: readonly Blocker[], today: string): Blocker[] {
  const idle = request.codes.filter((code) => !found.some((blocker) => blocker.code === code));
  return blockers(
    ...idle.map((code) => ({
      code: 'nothing-to-waive',
      message: `Nothing blocks this tranche under ${code} now. Name only what blocks it.`,
      pointer: `/codes/${request.codes.indexOf(code)}`,
    })),
    request.expiresOn !== null &&
      request.expiresOn < today && {
        code: 'waiver-expired',
        message: 'The last day of this waiver has passed already. Give today or a later day, or none.',
        pointer: '/expiresOn',
      },
  );
}

/** Why a waiver cannot be withdrawn. */
export function withdrawalBlockers(waiver: { withdrawn: boolean }): Blocker[] {
  return blockers(
    waiver.withdrawn && {
      code: 'waiver-withdrawn',
      message: 'This waiver was withdrawn already.',
      pointer: '/withdrawnAt',
    },
  );
}
