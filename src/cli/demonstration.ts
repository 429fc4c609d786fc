import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { PACKAGE_FOLDER } from '../config/places.js';
import { type Actor, systemActor } from '../core/actor.js';
import { ROLES, type Role, TRUST_ROLES } from '../core/permissions.js';
import { Problem } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { LONGEST_DAYS } from '../identity/api-key.rules.js';
import { Authentication } from '../identity/authentication.js';
import { IdentityService } from '../identity/identity.service.js';
import { DefinitionService } from '../programmes/definition.service.js';
import { programmeId } from '../programmes/programme.queries.js';
import { awardees } from './demonstration.queries.js';
import { DEMONSTRATED, type DemonstrationKey } from './demonstration-key.js';

/** Roles of which a claim above the threshold needs two. */
const DEPUTIES: readonly Role[] = ['programme-manager', 'finance-officer'];
const PROGRAMMES = [DEMONSTRATED, 'rural-broadband'];
const FOLDER = new URL('programmes/', PACKAGE_FOLDER);

/**
 * Loads what a demonstration begins with, where it is not there yet: the programmes, and illustrative people with
 * keys in files that only this user may read. What was changed since stays as it is.
 */
export async function loadDemonstration(
  app: INestApplicationContext,
  config: Config,
): Promise<{ keys: DemonstrationKey[] }> {
  const actor = systemActor('demonstration', randomUUID());
  for (const slug of PROGRAMMES) await applyOnce(app, actor, slug);
  return { keys: await handOutKeys(app, actor, join(config.dataFolder, 'keys')) };
}

async function applyOnce(app: INestApplicationContext, actor: Actor, slug: string): Promise<void> {
  const scope = app.get(ReadScope, { strict: false });
  if (await scope.run(actor, (sql) => programmeId(sql, slug))) return;
  const file = `${slug}.yaml`;
  const text = await readFile(new URL(file, FOLDER), 'utf8');
  await app.get(DefinitionService, { strict: false }).apply(actor, text, file);
}

async function handOutKeys(
  app: INestApplicationContext,
  actor: Actor,
  folder: string,
): Promise<DemonstrationKey[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const trusts = await app.get(ReadScope, { strict: false }).run(actor, (sql) => awardees(sql, DEMONSTRATED));
  const people: Array<Omit<DemonstrationKey, 'file'>> = [
    ...ROLES.filter((role) => !TRUST_ROLES.includes(role)).map((role) => ({
      role,
      trust: null,
      deputy: false,
      name: `Demonstration ${role.replaceAll('-', ' ')}`,
    })),
    ...DEPUTIES.map((role) => ({
      role,
      trust: null,
      deputy: true,
      name: `Demonstration deputy ${role.replaceAll('-', ' ')}`,
    })),
    ...trusts.flatMap(({ ods, name }) =>
      TRUST_ROLES.map((role) => ({
        role,
        trust: ods,
        deputy: false,
        name: `Demonstration ${role.replace('trust-', '').replaceAll('-', ' ')}, ${name}`,
      })),
    ),
  ];
  const keys: DemonstrationKey[] = [];
  for (const person of people) {
    const name = [person.deputy ? 'deputy' : null, person.role, person.trust].filter(Boolean).join('-');
    const key = { ...person, file: join(folder, name) };
    if (!(await holds(app, key))) await makeKey(app, actor, key);
    keys.push(key);
  }
  return keys;
}

/** Whether the file has a key that works, for that role and trust. */
async function holds(
  app: INestApplicationContext,
  { file, role, trust }: DemonstrationKey,
): Promise<boolean> {
  const secret = await readFile(file, 'utf8').catch(() => undefined);
  if (secret === undefined) return false;
  try {
    const authentication = app.get(Authentication, { strict: false });
    const holder = await authentication.actorOf(`Bearer ${secret.trim()}`, 'demonstration');
    return holder.role === role && holder.trustOds === trust;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return false;
    throw error;
  }
}

async function makeKey(
  app: INestApplicationContext,
  actor: Actor,
  { name, role, trust, file }: DemonstrationKey,
): Promise<void> {
  const { secret } = await app.get(IdentityService, { strict: false }).createKey(actor, {
    ...{ name, role, trust, label: 'demonstration', days: LONGEST_DAYS, illustrative: true },
  });
  const draft = `${file}.new`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
