import { readFile, stat } from 'node:fs/promises';
import type { DefinitionChange } from '../programmes/definition-section.js';

/** @throws Error where there is no such file, or it is not text in UTF-8 */
export async function readDefinition(path: string): Promise<string> {
  const found = await stat(path);
  if (found.isDirectory()) throw new Error(`${path} is a folder. Name the definition file in it.`);
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${path} is not text in UTF-8. Save it as UTF-8.`, { cause: error });
  }
}

const MARKS = { add: '+', change: '~', remove: '-' } as const;
const LONGEST = 60;

/** The changes of a definition, a line each and a line for each field that changes. */
export function changeLines(changes: readonly DefinitionChange[]): string {
  return changes
    .map(({ section, key, change, fields }) => {
      const head = `${MARKS[change]} ${section.replaceAll('-', ' ')} ${key}\n`;
      if (change !== 'change') return head;
      return (
        head +
        fields.map(({ name, before, after }) => `    ${name}: ${shown(before)} → ${shown(after)}\n`).join('')
      );
    })
    .join('');
}

/** How many of each kind: `3 to add, 1 to change`. */
export function countWords(
  changes: readonly DefinitionChange[],
  words: Record<keyof typeof MARKS, string>,
): string {
  const kinds = Object.keys(MARKS) as Array<keyof typeof MARKS>;
  return kinds
    .map((kind) => [kind, changes.filter(({ change }) => change === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${words[kind]}`)
    .join(', ');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
