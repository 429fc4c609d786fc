import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { DefinitionFile } from '../../src/programmes/definition-file.types.js';

const SMALL = readFileSync(new URL('../../programmes/rural-broadband.yaml', import.meta.url), 'utf8');

/** From a JSON Pointer to the value to set there; `-` appends to a list, undefined takes the field out. */
export type Change = Readonly<Record<string, unknown>>;

/** The small programme's file, changed. */
export function changedDefinition(change: Change): DefinitionFile {
  const file = parse(SMALL);
  for (const [pointer, value] of Object.entries(change)) {
    const path = pointer
      .slice(1)
      .split('/')
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
    const field = path.pop() as string;
    const parent = path.reduce((node, token) => node[token], file);
    if (field === '-') parent.push(value);
    else if (value === undefined) delete parent[field];
    else parent[field] = value;
  }
  return file;
}
