import type { ShownAdoption } from '../../blueprints/adoptions.reader.js';
import type { ShownBlueprint } from '../../blueprints/blueprints.reader.js';
import { words } from '../page/format.js';
import { state, table, text } from '../page/table.js';
import { costAgainst, figuresWords, stageTag, timeAgainst } from './adoption.words.js';
import type { BlueprintUsePart, BlueprintViewer } from './blueprint.page.js';

/** Who adopts a blueprint, and where an adoption is recorded, for the blueprint's page. */
export function adoptionsPart(
  { id, published }: ShownBlueprint,
  adoptions: readonly ShownAdoption[],
  { mayUse, own }: BlueprintViewer,
): NonNullable<BlueprintUsePart['more']> {
  return {
    tables: [
      table<ShownAdoption>({
        id: 'adoptions',
        caption: 'Who adopts it, the latest first',
        rows: adoptions,
        columns: [
          text('Who', (row) => row.organisation.name, {
            href: (row) => `/adoptions/${row.id}`,
            note: (row) => words(row.mode),
          }),
          state('Stage', (row) => stageTag(row.state), { note: (row) => row.abandonedBecause }),
          text('Changed locally', (row) => row.localChanges || null),
          text('Time', (row) => timeAgainst(row.outcome.days), { note: (row) => figuresWords(row) }),
          text('Cost', (row) => costAgainst(row.outcome.pence), {
            note: (row) => (row.costPence === null ? null : figuresWords(row)),
          }),
        ],
        empty: 'Nobody adopts it yet.',
      }),
    ],
    links:
      mayUse && published && !own
        ? [{ text: 'Record an adoption', href: `/blueprints/${id}/adoptions/new` }]
        : [],
  };
}
