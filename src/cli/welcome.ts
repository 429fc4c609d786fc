import { relative } from 'node:path';
import type { Config } from '../config/config.js';
import type { OpenDatabase } from './database-access.js';
import { DEMONSTRATED, type DemonstrationKey } from './demonstration-key.js';

export interface Started {
  config: Config;
  address: string;
  database: OpenDatabase;
  keys: readonly DemonstrationKey[];
  workers: boolean;
  seconds: number;
}

/** What is shown when the program is ready: where to look. */
export function welcome({ config, address, database, keys, workers, seconds }: Started): string {
  const data = database.kind === 'own' ? config.dataFolder : 'in the database that DATABASE_URL names';
  const lines = [
    '',
    `Exemplar is at ${address}`,
    '',
    ...(config.demonstration && config.signIn.issuer === undefined
      ? ['Open it in a browser, and choose who you want to be.', '']
      : []),
    `  The API      ${address}/docs`,
    `  The data     ${data}`,
    ...(workers ? [] : ['  The queue    is worked off by `exemplar work`, and not here']),
    ...(config.demonstration ? demonstrationLines(config, address, keys) : firstKeyLines()),
    '',
    'Ctrl-C stops it.',
    `Ready in ${seconds.toFixed(1)} s`,
  ];
  return lines.join('\n');
}

function demonstrationLines(config: Config, address: string, keys: readonly DemonstrationKey[]): string[] {
  const manager = keys.find(({ role }) => role === 'programme-manager');
  const trusts = keys.filter(({ role }) => role === 'trust-lead').length;
  if (!manager) return [];
  return [
    `  Keys         ${shellPath(`${config.dataFolder}/keys`)}: one for each of ${keys.length} people`,
    '',
    `Or see the progress of ${trusts} trusts by the API:`,
    '',
    `  curl -H "Authorization: Bearer $(cat ${shellPath(manager.file)})" \\`,
    `    ${address}/v1/programmes/${DEMONSTRATED}/progress`,
    '',
    'The people, keys and returns here are illustrative: they were made up to show how it works.',
    ...(config.today === undefined ? [] : [`It stands at ${config.today}.`]),
  ];
}

function firstKeyLines(): string[] {
  return ['', 'Make a first key:  exemplar key create --name "…" --role administrator'];
}

/** Short where the folder is at hand, and quoted where the shell would split it. */
function shellPath(path: string): string {
  const near = relative(process.cwd(), path);
  const shown = near.startsWith('..') ? path : near;
  return /^[\w./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
