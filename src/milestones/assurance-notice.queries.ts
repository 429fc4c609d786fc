import type { DateOn } from '../core/calendar.js';
import type { Sql } from '../database/sql.js';
import type { Ending } from './ending.rules.js';

/** Programmes that are not over on a day, with the lead times that each gives; null where it gives none. */
export function programmesUnderWay(
  sql: Sql,
  today: DateOn,
): Promise<Array<{ id: string; noticeDays: number[] | null }>> {
  return sql.query(
    `select p.id, nullif(p.terms -> 'assurance', 'null') -> 'noticeDays' as "noticeDays" from programme p
     where p.ends_on >= $1 order by p.id`,
    [today],
  );
}

/** What is to be told to the trust of a project. */
export type NoticeRow = Ending & { projectId: string; trustOds: string };

/**
 * Writes down what was not told before, and says which: of what somebody else writes down at the same moment it waits
 * for the outcome.
 */
export function insertNotices(
  sql: Sql,
  programmeId: string,
  rows: readonly NoticeRow[],
): Promise<Array<{ id: string; trustId: string; odsCode: string }>> {
  if (rows.length === 0) return Promise.resolve([]);
  return sql.query(
    `with written as (insert into assurance_notice (programme_id, trust_id, item_id, project_id, milestone_id, lead_days, ends_on, words)
     select $1, o.id, n."itemId", n."projectId", n."milestoneId", n."leadDays", n."endsOn", n.words
     from jsonb_to_recordset($2) as n ("itemId" uuid, "projectId" uuid, "trustOds" text, "milestoneId" uuid,
       "leadDays" integer, "endsOn" date, words text)
     join organisation o on o.ods_code = n."trustOds"
     order by n."itemId", o.id, n."milestoneId", n."leadDays"
     on conflict do nothing returning id, trust_id)
     select w.id, w.trust_id as "trustId", o.ods_code as "odsCode" from written w join organisation o on o.id = w.trust_id
     order by w.id`,
    [programmeId, JSON.stringify(rows)],
  );
}

/** A notice as it goes into a letter. */
export interface LetterNotice {
  id: string;
  programme: { slug: string; name: string };
  trust: { odsCode: string; name: string };
  itemId: string;
  endsOn: DateOn;
  words: string;
}

/** Of notices, those whose piece still stands: what was renewed or withdrawn since needs no letter. What ends first first. */
export function noticesThatStand(sql: Sql, ids: readonly string[]): Promise<LetterNotice[]> {
  return sql.query<LetterNotice>(
    `select n.id, json_build_object('slug', p.slug, 'name', p.name) as programme,
       json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
       n.item_id as "itemId", n.ends_on as "endsOn", n.words
     from assurance_notice n join assurance_item i on i.id = n.item_id join programme p on p.id = n.programme_id
       join organisation o on o.id = n.trust_id
     where n.id = any ($1) and i.state = 'accepted' order by n.ends_on, n.id`,
    [ids],
  );
}

/** When the trusts of projects were last told that pieces end. */
export function lastTold(
  sql: Sql,
  itemIds: readonly string[],
): Promise<Array<{ itemId: string; odsCode: string; toldAt: string }>> {
  if (itemIds.length === 0) return Promise.resolve([]);
  return sql.query(
    `select n.item_id as "itemId", o.ods_code as "odsCode", to_json(max(n.told_at)) as "toldAt"
     from assurance_notice n join organisation o on o.id = n.trust_id where n.item_id = any ($1)
     group by n.item_id, o.ods_code order by n.item_id, o.ods_code`,
    [itemIds],
  );
}
