import type { TestApp } from './app.js';

/** Texts that a spreadsheet would run, or that a CSV file must quote. */
export const ODD_TEXTS = ['=1+1', ' +2', '-5', '@x', 'a "b", c', 'two\nlines', "it's", '\uff1d1'];

/**
 * Postings of 1, 2, 3… pence to agreements of two trusts in turn, past the triggers: there are many, and nobody asks
 * how they came. Their narratives are ODD_TEXTS in turn.
 */
export async function manyPostings({ database }: TestApp, count: number): Promise<void> {
  const texts = ODD_TEXTS.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ');
  await database.sql(`begin;
    set local session_replication_role = replica;
    create temporary table made on commit drop as
      select a.id, a.trust_id, a.programme_id, row_number() over (order by o.ods_code) as n
      from award a join organisation o on o.id = a.trust_id where o.ods_code in ('RW4', 'RXT');
    insert into agreement (id, programme_id, trust_id, award_id, reference, state, window_starts_on, window_ends_on,
        match_pence, per_grant_pence)
      select id, programme_id, trust_id, id, 'MANY-' || n, 'active', '2017-04-01', '2020-03-31', 1, 1 from made;
    insert into funding_line (id, trust_id, agreement_id, financial_year, kind)
      select id, trust_id, id, '2017/18', 'revenue' from made;
    create temporary table posted on commit drop as
      select i, uuidv7() as id, m.id as award, m.trust_id from generate_series(1, ${count}) i join made m on m.n = 1 + i % 2;
    insert into journal (id, trust_id, agreement_id, kind, dated_on, narrative, postings, total_pence, illustrative)
      select id, trust_id, award, 'award', '2017-04-01', (array[${texts}])[1 + i % ${ODD_TEXTS.length}], 1, i, true from posted;
    insert into posting (id, trust_id, agreement_id, journal_id, kind, line_id, source, from_stage, to_stage, amount_pence)
      select id, trust_id, award, id, 'award', award, 'grant', 'outside', 'awarded', i from posted;
    commit;
    analyze`);
}
