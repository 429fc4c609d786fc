import { DefinitionService } from '../programmes/definition.service.js';
import { commandActor, withApplication } from './command-application.js';
import { changeLines, countWords, readDefinition } from './definition-file.js';

/** `exemplar programme apply` */
export async function applyProgramme(file: string): Promise<void> {
  const text = await readDefinition(file);
  const { programme, number, changes } = await withApplication((app) =>
    app.get(DefinitionService, { strict: false }).apply(commandActor(), text, file),
  );
  process.stdout.write(changeLines(changes));
  const counts = countWords(changes, { add: 'added', change: 'changed', remove: 'removed' });
  process.stdout.write(`${programme}: ${counts || 'no changes'} (definition ${number} is in force)\n`);
}
