/** Somebody, as answers name people. */
export interface PersonRef {
  id: string;
  name: string;
}

/** The person of a column; null where there is none, or none that the reader may see. */
export const personOf = (column: string): string =>
  `(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${column})`;

/** The people of a column that lists them, by name. */
export const peopleIn = (column: string): string =>
  `(select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name, p.id), '[]')
    from person p where p.id = any (${column}))`;
