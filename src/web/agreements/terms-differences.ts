import { formatDate } from '../../core/calendar.js';
import type { AgreedLine, AgreedTranche, AgreementTerms } from '../../funding/agreements/agreement-terms.js';
import { pounds } from '../page/format.js';
import { lineWords, ratioWords, windowWords } from './agreement.words.js';

const changed = <Value>(
  what: string,
  before: Value,
  after: Value,
  shown: (value: Value) => string = String,
): string[] => (before === after ? [] : [`${what}: ${shown(before)} became ${shown(after)}.`]);

/** What is in one list and not in the other. */
function members(what: string, before: readonly string[], after: readonly string[]): string[] {
  return [
    ...after.filter((each) => !before.includes(each)).map((each) => `${what} added: ${each}`),
    ...before.filter((each) => !after.includes(each)).map((each) => `${what} left out: ${each}`),
  ];
}

function lines(before: readonly AgreedLine[], after: readonly AgreedLine[]): string[] {
  const of = (all: readonly AgreedLine[], name: string): AgreedLine | undefined =>
    all.find((line) => lineWords(line) === name);
  const names = [...new Set([...before, ...after].map(lineWords))].sort();
  return names.flatMap((name) => {
    const [was, is] = [of(before, name), of(after, name)];
    return [
      ...changed(`${name}, grant`, was?.grantPence ?? 0, is?.grantPence ?? 0, pounds),
      ...changed(`${name}, match`, was?.matchPence ?? 0, is?.matchPence ?? 0, pounds),
    ];
  });
}

const BASIS = { advance: 'in advance', delivery: 'on delivery' };

function tranche(was: AgreedTranche, is: AgreedTranche): string[] {
  const what = `Tranche ${is.number}`;
  return [
    ...changed(`${what}, name`, was.name, is.name, (name) => `“${name}”`),
    ...changed(`${what}, paid`, was.basis, is.basis, (basis) => BASIS[basis]),
    ...changed(`${what}, planned for`, was.plannedOn, is.plannedOn, formatDate),
    ...changed(`${what}, grant`, was.grantPence, is.grantPence, pounds),
    ...members(`${what}, milestone`, was.milestones, is.milestones),
  ];
}

function tranches(before: readonly AgreedTranche[], after: readonly AgreedTranche[]): string[] {
  const was = (number: number): AgreedTranche | undefined => before.find((each) => each.number === number);
  return [
    ...after.flatMap((is) => {
      const old = was(is.number);
      return old
        ? tranche(old, is)
        : [`Tranche ${is.number} added: ${is.name}, ${pounds(is.grantPence)}, ${formatDate(is.plannedOn)}`];
    }),
    ...before
      .filter(({ number }) => !after.some((each) => each.number === number))
      .map(({ number, name, grantPence }) => `Tranche ${number} left out: ${name}, ${pounds(grantPence)}`),
  ];
}

const labels = (list: ReadonlyArray<{ label: string }>): string[] => list.map(({ label }) => label);

/** What a version says otherwise than the one before, one sentence each. */
export function termsDifferences(before: AgreementTerms, after: AgreementTerms): string[] {
  return [
    ...changed('Funder', before.parties.funder.name, after.parties.funder.name),
    ...changed('Recipient', before.parties.recipient.name, after.parties.recipient.name),
    ...lines(before.lines, after.lines),
    ...tranches(before.tranches, after.tranches),
    ...changed('Drawn before', before.drawnBeforePence ?? 0, after.drawnBeforePence ?? 0, pounds),
    ...changed('Match ratio', ratioWords(before.matchRatio), ratioWords(after.matchRatio)),
    ...changed('Costs arise', windowWords(before.eligibility), windowWords(after.eligibility)),
    ...changed('Match arises', windowWords(before.matchRules), windowWords(after.matchRules)),
    ...members('Type of match', labels(before.matchRules.types), labels(after.matchRules.types)),
    ...members('Exclusion from match', before.matchRules.exclusions, after.matchRules.exclusions),
    ...members(
      'Category of cost',
      labels(before.eligibility.categories),
      labels(after.eligibility.categories),
    ),
    ...members('Condition', before.conditions, after.conditions),
  ];
}
