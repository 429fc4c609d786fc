import { writeFile } from 'node:fs/promises';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { lastDefinition, programmeId } from '../programmes/programme.queries.js';
import { withApplication } from './command-application.js';

/** `exemplar programme export` */
export async function exportProgramme(slug: string, { out }: { out?: string }): Promise<void> {
  const definition = await withApplication((app) =>
    app.get(ReadScope, { strict: false }).run({ trustId: null }, async (sql) => {
      const id = await programmeId(sql, slug);
      return id && (await lastDefinition(sql, id));
    }),
  );
  if (!definition) throw notFound(`programme ${slug}`);
  if (out === undefined) process.stdout.write(definition.content);
  else await writeFile(out, definition.content);
}
