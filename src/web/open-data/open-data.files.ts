import { eachPage, type InPages } from '../../core/paging.js';
import { type FlatColumn, GRANT_COLUMNS } from '../../open-data/flat-file.rules.js';
import type { Grant } from '../../open-data/grant.types.js';
import type { MatchRow } from '../../open-data/match.rules.js';
import { MATCH_SCHEMA } from '../../open-data/published.schema.js';
import type { Column } from '../page/table.js';
import { table } from '../page/table.js';
import { tablePieces } from '../page/table-file.js';

const column = <Row>({ title, value }: FlatColumn<Row>): Column<Row> => ({
  heading: title,
  kind: 'text',
  cell: (row) => ({ value: value(row) }),
});

const file = <Row>(
  id: string,
  pages: InPages<Row>,
  columns: ReadonlyArray<FlatColumn<Row>>,
): AsyncIterable<string> =>
  tablePieces(
    eachPage(pages, (rows) => table({ id, caption: id, rows, columns: columns.map(column), empty: '' })),
  );

/** The grants as CSV, under 360Giving's titles. */
export const grantsFile = (grants: InPages<Grant>): AsyncIterable<string> =>
  file('grants', grants, GRANT_COLUMNS);

/** The match as CSV, under the names of its fields. */
export const matchFile = (match: InPages<MatchRow>): AsyncIterable<string> =>
  file(
    'match',
    match,
    Object.keys(MATCH_SCHEMA.properties ?? {}).map((name) => ({
      title: name,
      value: (row) => row[name as keyof MatchRow],
    })),
  );
