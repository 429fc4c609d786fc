import { firstRow, type Sql } from '../database/sql.js';
import type { ReturnContent } from './return-content.js';

/** Whose a return is, of which period, and who wrote and certified its current version. */
export interface ReturnFrame {
  trustId: string;
  periodId: string;
  programme: { id: string; slug: string; name: string };
  preparerIds: string[];
  certifierId: string | null;
}

/** The frame of a return, or undefined where there is none that the reader may see. */
export function returnFrame(sql: Sql, id: string): Promise<ReturnFrame | undefined> {
  return firstRow<ReturnFrame>(
    sql,
    `select r.trust_id as "trustId", r.period_id as "periodId",
       json_build_object('id', g.id, 'slug', g.slug, 'name', g.name) as programme,
       to_json(v.prepared_by) as "preparerIds", v.certified_by as "certifierId"
     from progress_report r join programme g on g.id = r.programme_id
       join report_version v on v.report_id = r.id and v.number = r.version
     where r.id = $1`,
    [id],
  );
}

/** What a return says, and what the last accepted one of an earlier period said. */
export interface ComparedReturn {
  id: string;
  content: ReturnContent;
  previous: ReturnContent | null;
}

/** Returns beside what was accepted before them, for those of the ids that the reader may see. */
export function comparedReturns(sql: Sql, ids: readonly string[]): Promise<ComparedReturn[]> {
  return sql.query<ComparedReturn>(
    `select r.id, v.content,
       (select a.content from progress_report b join reporting_period e on e.id = b.period_id
          join report_version a on a.report_id = b.id and a.number = b.accepted_version
        where b.trust_id = r.trust_id and b.programme_id = r.programme_id and e.ends_on < t.ends_on
        order by e.ends_on desc limit 1) as previous
     from progress_report r join reporting_period t on t.id = r.period_id
       join report_version v on v.report_id = r.id and v.number = r.version
     where r.id = any ($1::uuid[]) order by r.id`,
    [ids],
  );
}

/** The return whose submission a receipt is of, and which version it was. */
export function returnOfReceipt(
  sql: Sql,
  receiptId: string,
): Promise<{ id: string; version: number } | undefined> {
  return firstRow(
    sql,
    'select report_id as id, number as version from report_version where receipt_id = $1',
    [receiptId],
  );
}
