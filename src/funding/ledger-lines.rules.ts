import type { AgreedLine } from './agreements/agreement-terms.js';
import type { Movement, Source, Stage } from './ledger.rules.js';

/** A line in the ledger. */
interface LineId {
  id: string;
  financialYear: string;
  kind: 'capital' | 'revenue';
}

/** What stands in one account of a line, in pence. */
interface Balance {
  lineId: string;
  source: Source;
  stage: Stage;
  balancePence: number;
}

/** The name of a line among those of its agreement: `2017/18 capital`. */
export const lineKey = ({ financialYear, kind }: Pick<LineId, 'financialYear' | 'kind'>): string =>
  `${financialYear} ${kind}`;

/** What an agreement in force begins with: the grant of every line awarded, and its match pledged. */
export function awardedMovements(lines: readonly AgreedLine[], ids: readonly LineId[]): Movement[] {
  const byKey = new Map(ids.map((line) => [lineKey(line), line.id]));
  return lines
    .flatMap((line): Movement[] => {
      const lineId = byKey.get(lineKey(line));
      if (lineId === undefined) throw new Error(`The line ${lineKey(line)} was not made`);
      return [
        { lineId, source: 'grant', from: 'outside', to: 'awarded', amountPence: line.grantPence },
        { lineId, source: 'match', from: 'outside', to: 'pledged', amountPence: line.matchPence },
      ];
    })
    .filter(({ amountPence }) => amountPence > 0);
}

/** What was never claimed or evidenced, withdrawn. */
export function withdrawnMovements(balances: readonly Balance[]): Movement[] {
  return balances
    .filter(({ stage, balancePence }) => (stage === 'awarded' || stage === 'pledged') && balancePence > 0)
    .map(({ lineId, source, stage, balancePence }) => ({
      lineId,
      source,
      from: stage,
      to: 'withdrawn',
      amountPence: balancePence,
    }));
}
