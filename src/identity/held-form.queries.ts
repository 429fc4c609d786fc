import { firstRow, type Sql } from '../database/sql.js';

/** What somebody sent when their session had ended. */
export interface HeldForm {
  path: string;
  body: object;
}

/** Keeps a form, and of the person's forms the latest `most`. @returns its id */
export async function insertHeldForm(
  sql: Sql,
  personId: string,
  { path, body }: HeldForm,
  most: number,
): Promise<string> {
  const kept = await firstRow<{ id: string }>(
    sql,
    'insert into held_form (person_id, path, body, created_at) values ($1, $2, $3, now()) returning id',
    [personId, path, JSON.stringify(body)],
  );
  await sql.query(
    `delete from held_form where person_id = $1
       and id not in (select id from held_form where person_id = $1 order by id desc limit $2)`,
    [personId, most],
  );
  return (kept as { id: string }).id;
}

/** A form that is kept, where it is this person's. */
export function heldForm(sql: Sql, personId: string, id: string): Promise<HeldForm | undefined> {
  return firstRow<HeldForm>(sql, 'select path, body from held_form where id = $2 and person_id = $1', [
    personId,
    id,
  ]);
}
