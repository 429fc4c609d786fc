import { DefinitionService } from '../programmes/definition.service.js';
import { commandActor, withApplication } from './command-application.js';
import { changeLines, countWords, readDefinition } from './definition-file.js';

/** `exemplar programme diff` */
export async function diffProgramme(file: string): Promise<void> {
  const text = await readDefinition(file);
  const { programme, changes } = await withApplication((app) =>
    app.get(DefinitionService, { strict: false }).diff(commandActor(), text, file),
  );
  process.stdout.write(changeLines(changes));
  const counts = countWords(changes, { add: 'to add', change: 'to change', remove: 'to remove' });
  process.stdout.write(`${programme}: ${counts || 'no changes'}\n`);
}
