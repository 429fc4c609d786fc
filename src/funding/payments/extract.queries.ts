import { firstRow, given, type Sql } from '../../database/sql.js';
import { type PersonRef, personOf } from '../people.queries.js';
import type { ExtractOrigin, ExtractPayment, ExtractResult } from './extract.rules.js';
import type { PaymentState } from './payment.rules.js';

export interface ExtractSummary {
  id: string;
  programme: string;
  origin: ExtractOrigin;
  fileName: string;
  sha256: string;
  fromOn: string;
  toOn: string;
  lines: number;
  /** Lines and payments by their result; `missing` by where they are missing. */
  counts: { matched: number; differs: number; missingInExemplar: number; missingInExtract: number };
  uploadedBy: PersonRef;
  uploadedAt: string;
  illustrative: boolean;
}

export interface ExtractItemView {
  id: string;
  /** Of the file; null for a payment that is in no line. */
  line: number | null;
  bookedOn: string | null;
  reference: string | null;
  payee: string | null;
  amountPence: number | null;
  payment: {
    id: string;
    reference: string;
    state: PaymentState;
    paidOn: string | null;
    amountPence: number;
    trust: { odsCode: string; name: string };
  } | null;
  result: ExtractResult;
  explanation: string;
}

const SUMMARY = `select e.id, g.slug as programme, e.origin, e.file_name as "fileName", e.sha256, e.from_on as "fromOn",
    e.to_on as "toOn", e.lines,
    (select json_build_object('matched', count(*) filter (where i.result = 'matched'),
        'differs', count(*) filter (where i.result = 'differs'),
        'missingInExemplar', count(*) filter (where i.result = 'missing' and i.line is not null),
        'missingInExtract', count(*) filter (where i.result = 'missing' and i.line is null))
      from extract_item i where i.extract_id = e.id) as counts,
    ${personOf('e.uploaded_by')} as "uploadedBy", to_json(e.uploaded_at) as "uploadedAt", e.illustrative
  from extract e join programme g on g.id = e.programme_id`;

/** A programme's extracts, newest first, `limit` at most, those before an id where given. */
export function extracts(
  sql: Sql,
  programmeId: string,
  limit: number,
  before: string | null,
): Promise<ExtractSummary[]> {
  return before === null
    ? sql.query<ExtractSummary>(`${SUMMARY} where e.programme_id = $1 order by e.id desc limit $2`, [
        programmeId,
        limit,
      ])
    : sql.query<ExtractSummary>(
        `${SUMMARY} where e.programme_id = $1 and e.id < $3 order by e.id desc limit $2`,
        [programmeId, limit, before],
      );
}

/** One extract. */
export function extract(sql: Sql, id: string): Promise<ExtractSummary | undefined> {
  return firstRow<ExtractSummary>(sql, `${SUMMARY} where e.id = $1`, [id]);
}

/** Where an item stands in its extract: whether it is among those that come last, its line, its id. */
export type ExtractPlace = [last: boolean, line: number, id: string];

/** After every line: where payments stand that no line names. */
const NO_LINE = 2 ** 31 - 1;

/**
 * What became of the lines of an extract, in their order, and after them of the payments that no line names: `limit` at
 * most, those after a place where given.
 * @param wrongFirst whether what is matched comes after all that is not
 */
export function extractItems(
  sql: Sql,
  extractId: string,
  wrongFirst: boolean,
  limit: number,
  after: ExtractPlace | null,
): Promise<Array<ExtractItemView & { place: ExtractPlace }>> {
  const values: unknown[] = [extractId, wrongFirst, limit];
  const rest = given(values, { '(i.last, i.place, i.id) > (?, ?, ?::uuid)': after });
  return sql.query(
    `select i.id, i.line, i.booked_on as "bookedOn", i.reference, i.payee, i.amount_pence as "amountPence",
       case when p.id is not null then json_build_object('id', p.id, 'reference', p.reference, 'state', p.state,
         'paidOn', p.paid_on, 'amountPence', p.amount_pence,
         'trust', json_build_object('odsCode', o.ods_code, 'name', o.name)) end as payment,
       i.result, i.explanation, json_build_array(i.last, i.place, i.id) as place
     from (select i.*, $2::boolean and i.result = 'matched' as last, coalesce(i.line, ${NO_LINE}) as place
         from extract_item i where i.extract_id = $1) i
       left join payment p on p.id = i.payment_id left join organisation o on o.id = p.trust_id
     where true${rest} order by i.last, i.place, i.id limit $3`,
    values,
  );
}

/** The extract of a programme with these very bytes. */
export function extractWithBytes(
  sql: Sql,
  programmeId: string,
  sha256: string,
): Promise<{ id: string; fileName: string } | undefined> {
  return firstRow(
    sql,
    'select id, file_name as "fileName" from extract where programme_id = $1 and sha256 = $2',
    [programmeId, sha256],
  );
}

/** A payment that an extract may speak of, and what is locked before it. */
export interface ExtractCandidate extends ExtractPayment {
  trustId: string;
  agreementId: string;
  claimId: string;
}

/**
 * The payments of a programme that an extract may speak of: those paid on its days, and those that it names by our
 * reference or by the bank's.
 */
export function extractCandidates(
  sql: Sql,
  wanted: {
    programmeId: string;
    origin: ExtractOrigin;
    fromOn: string;
    toOn: string;
    references: readonly string[];
    bankKeys: readonly string[];
  },
): Promise<ExtractCandidate[]> {
  const { programmeId, origin, fromOn, toOn, references, bankKeys } = wanted;
  return sql.query<ExtractCandidate>(
    `select p.id, p.reference, p.bank_reference as "bankReference", p.amount_pence as "amountPence", p.state,
       p.paid_on as "paidOn", p.trust_id as "trustId", p.agreement_id as "agreementId", p.claim_id as "claimId",
       (select i.booked_on from extract_item i join extract e on e.id = i.extract_id
         where i.payment_id = p.id and i.result = 'matched' and e.origin = $2 order by i.id limit 1) as "matchedOn"
     from payment p
     where p.programme_id = $1 and ((p.state in ('paid', 'reconciled') and p.paid_on between $3 and $4)
       or p.reference = any ($5)
       or lower(regexp_replace(p.bank_reference, '[^A-Za-z0-9]+', '', 'g')) = any ($6))
     order by p.id`,
    [programmeId, origin, fromOn, toOn, references, bankKeys],
  );
}

/** A programme by its slug, as an extract needs it. */
export function programmeOfExtract(
  sql: Sql,
  slug: string,
): Promise<{ id: string; startsOn: string } | undefined> {
  return firstRow(sql, 'select id, starts_on as "startsOn" from programme where slug = $1', [slug]);
}
