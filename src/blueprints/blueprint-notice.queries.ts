import { firstRow, type Sql } from '../database/sql.js';
import type { BlueprintContent, BlueprintState } from './blueprint.rules.js';

/** What a letter about a blueprint says: of its newest version, and of a question where it is about one. */
export interface LetterFacts extends Pick<BlueprintContent, 'what' | 'forWhom' | 'where'> {
  id: string;
  reference: string;
  trust: string;
  /** Where it is asked about; null where nobody is named. */
  contactAddress: string | null;
  versionId: string;
  state: BlueprintState;
  reviewQuestion: string | null;
  contactId: string | null;
  question: string | null;
  answer: string | null;
  asker: string | null;
}

/** What there is to say of a blueprint, and of a question about it. */
export function letterFacts(
  sql: Sql,
  blueprintId: string,
  contactId: string | null,
): Promise<LetterFacts | undefined> {
  return firstRow<LetterFacts>(
    sql,
    `select b.id, b.reference, o.name as trust, b.contact_address as "contactAddress", v.id as "versionId", v.state, v.what,
       v.for_whom as "forWhom", v.where_used as "where", v.question as "reviewQuestion", c.id as "contactId",
       c.words as question, c.answer, a.name as asker
     from blueprint b join organisation o on o.id = b.trust_id
       join lateral (select x.id, x.state, x.what, x.for_whom, x.where_used, x.question from blueprint_version x
         where x.blueprint_id = b.id and (x.id = (select k.version_id from blueprint_contact k where k.id = $2)
           or $2::uuid is null) order by x.number desc limit 1) v on true
       left join blueprint_contact c on c.id = $2 left join organisation a on a.id = c.organisation_id
     where b.id = $1`,
    [blueprintId, contactId],
  );
}

/** A version that waits for a step of somebody. */
export interface WaitingVersion extends Pick<BlueprintContent, 'what' | 'forWhom' | 'where'> {
  /** Of the blueprint. */
  id: string;
  reference: string;
  trust: string;
  state: BlueprintState;
  /** Everybody who wrote in it, and who submitted it. */
  authors: string[];
}

/** The versions of a programme that wait to be reviewed, decided on or answered, as far as the reader may see; `limit` at most. */
export function waitingVersions(sql: Sql, programmeId: string, limit: number): Promise<WaitingVersion[]> {
  return sql.query<WaitingVersion>(
    `select b.id, b.reference, o.name as trust, v.state, v.what, v.for_whom as "forWhom", v.where_used as "where",
       v.prepared_by || v.submitted_by as authors
     from blueprint_version v join blueprint b on b.id = v.blueprint_id join organisation o on o.id = v.trust_id
     where v.programme_id = $1 and v.state in ('submitted', 'in-review', 'queried')
     order by v.submitted_at, v.id limit $2`,
    [programmeId, limit],
  );
}

/** A question that waits for its answer. */
export interface WaitingQuestion {
  id: string;
  reference: string;
  words: string;
  asker: string;
}

/** The questions about a trust's blueprints of a programme that nobody has answered, the oldest first; `limit` at most. */
export function waitingQuestions(
  sql: Sql,
  programmeId: string,
  ownerId: string,
  limit: number,
): Promise<WaitingQuestion[]> {
  return sql.query<WaitingQuestion>(
    `select c.id, b.reference, c.words, o.name as asker
     from blueprint_contact c join blueprint b on b.id = c.blueprint_id join organisation o on o.id = c.organisation_id
     where c.owner_id = $2 and c.kind = 'question' and c.answer is null and c.programme_id = $1
     order by c.id limit $3`,
    [programmeId, ownerId, limit],
  );
}
