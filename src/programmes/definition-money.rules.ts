import { financialYear, isFinancialYear } from '../core/financial-period.js';
import { formatPounds, matchFor, sumPence } from '../core/money.js';
import { type DefinitionFault, duplicates } from './definition-fault.js';
import type { AwardEntry, DefinitionFile } from './definition-file.types.js';

/** Whole pence of an amount in pounds that the schema has checked for fractions of a penny. */
export function penceOf(pounds: number): number {
  return Math.round(pounds * 100);
}

/** At least `matchPence` for every `perGrantPence`, in lowest terms: £1 to £0.50 is 1 to 2. */
export function ratioOf(ratio: { grantPounds: number; matchPounds: number }): {
  matchPence: number;
  perGrantPence: number;
} {
  const [match, grant] = [penceOf(ratio.matchPounds), penceOf(ratio.grantPounds)];
  let [divisor, rest] = [grant, match];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return { matchPence: match / divisor, perGrantPence: grant / divisor };
}

/** Rules of money: lines add up to awards, awards to the control totals, and match reaches the ratio. */
export function moneyFaults(file: DefinitionFile): DefinitionFault[] {
  return [
    ...duplicates(
      'award',
      file.awards,
      ({ trust }) => trust,
      (index) => `/awards/${index}/trust`,
    ),
    ...file.awards.flatMap((award, index) => lineFaults(file, award, `/awards/${index}`)),
    ...controlFaults(file),
  ];
}

function lineFaults(file: DefinitionFile, award: AwardEntry, pointer: string): DefinitionFault[] {
  const { programme } = file;
  const years = award.lines.flatMap(({ year }, index): DefinitionFault[] => {
    const place = `${pointer}/lines/${index}/year`;
    if (!isFinancialYear(year)) {
      const message = `${year} is not a financial year. Write two years in a row, such as 2017/18.`;
      return [{ code: 'not-a-financial-year', message, pointer: place }];
    }
    const { startsOn, endsOn } = financialYear(year);
    if (endsOn >= programme.startsOn && startsOn <= programme.endsOn) return [];
    const message = `${year} is outside the programme, which runs from ${programme.startsOn} to ${programme.endsOn}. Correct the year or the programme's dates.`;
    return [{ code: 'year-outside-programme', message, pointer: place }];
  });
  return [
    ...duplicates(
      'award line',
      award.lines,
      ({ year, kind }) => `${year} ${kind}`,
      (index) => `${pointer}/lines/${index}`,
    ),
    ...years,
    ...sumFaults(award, pointer),
    ...ratioFaults(file, award, pointer),
  ];
}

function sumFaults(award: AwardEntry, pointer: string): DefinitionFault[] {
  return (['grantPounds', 'matchPounds'] as const).flatMap((field) => {
    const sum = sumPence(award.lines.map((line) => penceOf(line[field])));
    if (sum === penceOf(award[field])) return [];
    const word = field === 'grantPounds' ? 'grant' : 'match';
    return [
      {
        code: `award-${word}-mismatch`,
        message: `The ${word} lines of ${award.trust} add up to ${formatPounds(sum)}, and its award says ${formatPounds(penceOf(award[field]))}. Correct the lines or the award.`,
        pointer: `${pointer}/${field}`,
      },
    ];
  });
}

function ratioFaults(file: DefinitionFile, award: AwardEntry, pointer: string): DefinitionFault[] {
  const wanted = matchFor(penceOf(award.grantPounds), ratioOf(file.match.ratio));
  const given = penceOf(award.matchPounds);
  if (given >= wanted) return [];
  const message = `The match of ${award.trust} is ${formatPounds(given)}, and the ratio asks for ${formatPounds(wanted)}. Correct the match or the ratio.`;
  return [{ code: 'match-below-ratio', message, pointer: `${pointer}/matchPounds` }];
}

function controlFaults({ awards, controlTotals }: DefinitionFile): DefinitionFault[] {
  const grant = sumPence(awards.map(({ grantPounds }) => penceOf(grantPounds)));
  const match = sumPence(awards.map(({ matchPounds }) => penceOf(matchPounds)));
  const checks = [
    { code: 'control-grant', what: 'The awards add up', sum: grant, field: 'grantPounds' },
    { code: 'control-match', what: 'The match adds up', sum: match, field: 'matchPounds' },
    {
      code: 'control-total',
      what: 'Awards and match together add up',
      sum: grant + match,
      field: 'totalPounds',
    },
  ] as const;
  return checks.flatMap(({ code, what, sum, field }) => {
    const said = penceOf(controlTotals[field]);
    if (said === sum) return [];
    const message = `${what} to ${formatPounds(sum)}, and the definition says ${formatPounds(said)}. Correct the one that is wrong.`;
    return [{ code: `${code}-mismatch`, message, pointer: `/controlTotals/${field}` }];
  });
}
