import { given, type ReadSql } from '../database/sql.js';
import {
  type Asked,
  ofTrusts,
  type Sums,
  sumOfTrusts,
  sumsOf,
  type TrustSum,
} from '../programmes/kept-sum.queries.js';

export interface MoneyFilter {
  /** By ODS code. */
  trust: string | null;
  financialYear: string | null;
  kind: 'capital' | 'revenue' | null;
}

/** States of agreements whose money is in the ledger, or was: what a novated one held, its successor holds. */
export const AGREED = `('active', 'suspended', 'closing', 'closed', 'terminated', 'novated')`;

/** Agreements of the programme `g` whose money is in the ledger, or was, with their lines; aliased `c` and `l`. */
export const LINES_OF = `agreement c join funding_line l on l.agreement_id = c.id`;

/** A line of a novated agreement counts where something still stands in its accounts, aliased `b`. */
export const STANDS = `(c.state <> 'novated' or b.balance_pence <> 0)`;

/** What narrows lines `l` of agreements or awards `c`. */
export const wantedLines = (values: unknown[], { trust, financialYear, kind }: MoneyFilter): string =>
  given(values, {
    'c.trust_id = (select id from organisation where ods_code = ?)': trust,
    'l.financial_year = ?': financialYear,
    'l.kind = ?': kind,
  });

/** What stands in the accounts of lines, by financial year, kind and stage. */
const heldWhere = (wanted: string): string => `select l.financial_year, l.kind, b.source, b.stage,
    sum(b.balance_pence) as pence, count(*) filter (where ${STANDS}) as stands,
    count(*) filter (where ${STANDS} and c.illustrative) as illustrative
  from ${LINES_OF} left join account b on b.line_id = l.id
  where c.programme_id = $1 and c.state in ${AGREED}${wanted} group by l.financial_year, l.kind, b.source, b.stage`;

/** What the versions in force say of the match, by financial year and kind. */
const agreedWhere = (wanted: string): string => `select l.financial_year, l.kind, sum(l.match_pence) as pence
  from agreement c join agreement_version v on v.agreement_id = c.id and v.number = c.version cross join lateral (
      select t."financialYear" as financial_year, t.kind, t."matchPence" as match_pence
      from jsonb_to_recordset(v.terms -> 'lines') as t("financialYear" text, kind text, "matchPence" bigint)) l
  where c.programme_id = $1 and c.state in ${AGREED} and c.state <> 'novated'${wanted} group by l.financial_year, l.kind`;

/** The lines of awards of the programme `programme` that no agreement was made of. */
export const unagreedWhere = (
  programme: string,
  wanted: string,
): string => `select c.trust_id, c.id as award_id,
    l.financial_year, l.kind, l.grant_pence, l.match_pence
  from award c join award_line l on l.award_id = c.id where c.programme_id = ${programme}
    and not exists (select from agreement x where x.award_id = c.id and x.state in ${AGREED})${wanted}`;

const asked = ({ trust, financialYear, kind }: MoneyFilter): Asked => [trust, financialYear, kind];

/** Where money stands: by financial year and kind, and by account. */
export const MONEY: TrustSum = {
  name: 'money',
  tables: ['account', 'agreement', 'agreement_version', 'award', 'award_line', 'funding_line'],
  asked: async () => asked({ trust: null, financialYear: null, kind: null }),
  of(sql, programmeId, [trust, financialYear, kind], trusts) {
    const values: unknown[] = [programmeId];
    const filter = { trust, financialYear, kind } as MoneyFilter;
    const wanted = wantedLines(values, filter) + ofTrusts(values, trusts)('c.trust_id');
    return sumsOf(
      sql,
      `with held as (${heldWhere(wanted)}), unagreed as materialized (${unagreedWhere('$1', wanted)})
       select concat_ws(' ', 'held', financial_year, kind, source, stage) as name, pence as value from held where source is not null
       union all select concat_ws(' ', 'stands', financial_year, kind), sum(stands) from held group by financial_year, kind
       union all select concat_ws(' ', 'illustrative', financial_year, kind), sum(illustrative) from held
         group by financial_year, kind
       union all select concat_ws(' ', 'agreed', financial_year, kind), pence from (${agreedWhere(wanted)}) a
       union all select 'awards', count(distinct award_id) from unagreed
       union all select 'grant', sum(grant_pence) from unagreed
       union all select 'match', sum(match_pence) from unagreed`,
      values,
    );
  },
};

/** A financial year and kind of which lines stand. */
interface YearSum {
  financial_year: string;
  kind: string;
  illustrative: boolean;
  m_agreed: number;
}

/** Where the money of all lines stands that are wanted. Whole pence. */
export interface MoneySums {
  years: YearSum[];
  held: Array<{ financial_year: string; kind: string; source: string; stage: string; balance_pence: number }>;
  unagreed: { awards: number; grantPence: number; matchPence: number };
}

/** Where the money of lines stands that are wanted and the reader may see. */
export async function moneySums(sql: ReadSql, programmeId: string, filter: MoneyFilter): Promise<MoneySums> {
  return takenApart(await sumOfTrusts(sql, MONEY, programmeId, asked(filter)));
}

function takenApart(sums: Sums): MoneySums {
  const named = Object.entries(sums).map(([name, pence]) => ({ parts: name.split(' '), pence }));
  const of = (which: string) => named.filter(({ parts: [what] }) => what === which);
  return {
    years: of('stands')
      .filter(({ pence }) => pence > 0)
      .map(({ parts: [, financial_year = '', kind = ''] }) => ({
        ...{ financial_year, kind },
        illustrative: (sums[`illustrative ${financial_year} ${kind}`] ?? 0) > 0,
        m_agreed: sums[`agreed ${financial_year} ${kind}`] ?? 0,
      })),
    held: of('held').map(
      ({ parts: [, financial_year = '', kind = '', source = '', stage = ''], pence: balance_pence }) => ({
        ...{ financial_year, kind, source, stage, balance_pence },
      }),
    ),
    unagreed: {
      awards: sums.awards ?? 0,
      grantPence: sums.grant ?? 0,
      matchPence: sums.match ?? 0,
    },
  };
}
