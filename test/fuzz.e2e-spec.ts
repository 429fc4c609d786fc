import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { Arbitraries } from './support/arbitraries.js';
import { Conformance, NO_JSON } from './support/conformance.js';
import { formShots, pageShots, walked } from './support/page-shots.js';
import { signedIn } from './support/pages.js';
import { routesOf } from './support/routes.js';
import { fire, type Hit, type Shot, Shots, type Target, withRevision } from './support/shots.js';
import { type WholeWorld, wholeWorld } from './support/whole-world.js';

/** Requests to each operation. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 4);
/** Requests to each page and form, which take longer. */
const PAGE_RUNS = process.env.FUZZ_RUNS === undefined ? 2 : RUNS;
/** With each target's name it makes its requests. The same numbers make the same requests; `random` makes new ones. */
const SEED =
  process.env.FUZZ_SEED === 'random' ? Date.now() & 0x7fffffff : Number(process.env.FUZZ_SEED ?? 20180515);
/** One operation alone, such as `post /v1/claims/:id/approval`. */
const ONLY = process.env.FUZZ_ONLY;

let world: WholeWorld;
let conformance: Conformance;
let targets: Target[];
let shots: Shots;

beforeAll(async () => {
  world = await wholeWorld();
  const { app, description } = world;
  conformance = new Conformance(description);
  targets = routesOf(app)
    .filter(({ path }) => path.startsWith('/v1/') || path.startsWith('/health/'))
    .map((route) => {
      const template = route.path.replace(/:(\w+)/g, '{$1}');
      const operation = description.paths[template]?.[route.method];
      if (!operation) throw new Error(`${route.method} ${route.path} is not described`);
      return { ...route, template, operation };
    })
    .filter(({ method, path }) => ONLY === undefined || ONLY === `${method} ${path}`);
  const [ids, codes] = await Promise.all([
    app.database.sql<{ text: string }>(
      `select id::text as text from milestone union all select id::text from measurement union all select id::text from claim
       union all select id::text from project limit 200`,
    ),
    app.database.sql<{ text: string }>(
      `select code as text from measure union select code from project
       union select p.code || '/' || m.code from milestone m join project p on p.id = m.project_id
       union select ods_code from organisation union select label from reporting_period union select reference from audit_finding`,
    ),
  ]);
  const known = { ids: ids.map(({ text }) => text), codes: codes.map(({ text }) => text) };
  shots = new Shots(world, new Arbitraries(description.components.schemas, known));
}, 180_000);
afterAll(() => world?.app.stop());

/** What an answer gives away that is nobody's business. */
const INSIDE =
  /node_modules|\bat \S+ \(|\.(ts|js):\d+|syntax error at|\bpg_(?!sleep)|relation "|column "|violates|exemplar_app/;

interface Refusal {
  code: string;
  errors?: Array<{ pointer: string }>;
}

/** What no schema says: which cursors were given out, what has no past, how late it is, what goes with what. */
const isUndescribable = ({ code, errors = [] }: Refusal): boolean =>
  ['cursor-unreadable', 'no-past', 'as-at-to-come'].includes(code) ||
  (errors.length > 0 && errors.every(({ pointer }) => pointer === 'skip'));

/** What is wrong with an answer; nothing where all is right. */
function wrong({ method, template }: Target, shot: Shot, { status, headers, text }: Hit): string[] {
  const type = String(headers['content-type'] ?? '').split(';')[0] as string;
  if (status >= 500) return [`a fault of ours: ${status} ${text}`];
  if (status >= 400) {
    if (type !== 'application/problem+json') return [`refused as ${type}: ${status} ${text.slice(0, 200)}`];
    const problem = JSON.parse(text);
    const faults = conformance.faults(method, template, 'default' as never, type, problem);
    if (problem.status !== status) faults.push(`says ${problem.status} and is ${status}`);
    if (
      problem.code === 'invalid' &&
      !problem.errors?.every(({ pointer }: { pointer?: unknown }) => typeof pointer === 'string')
    )
      faults.push('does not say where');
    if (shot.described && status === 400 && !isUndescribable(problem))
      faults.push(`refuses what is as described: ${text}`);
    if (
      INSIDE.test(text.replaceAll(/"(message|detail|pointer)":"(?:[^"\\]|\\.)*is not a field of this/g, ''))
    )
      faults.push(`gives something away: ${text}`);
    return faults;
  }
  if (NO_JSON.includes(`${method} ${template}`) || type !== 'application/json') return [];
  return conformance.faults(method, template, status, type, JSON.parse(text));
}

/** Entries that a refusal may leave: what an auditor asked for is noted whatever was answered. */
const NOTED = ['audit_read', 'sign_in'];

/** What requests that were refused have changed. */
async function changedBy(refused: ReadonlyMap<string, object>): Promise<string[]> {
  const entries = await world.app.database.sql<{ request_id: string; table_name: string; action: string }>(
    `select request_id, table_name, action from log_entry where request_id = any ($1) and table_name <> all ($2)`,
    [[...refused.keys()], NOTED],
  );
  return entries.map(
    ({ request_id, table_name, action }) =>
      `was refused and changed ${table_name} (${action}): ${JSON.stringify(refused.get(request_id))}`,
  );
}

/** Sends what is made of each target; every fault that is found, with what repeats it. */
async function faultsIn<T, S extends object>(
  all: readonly T[],
  { runs, name, made, sent, wrong }: Fuzzed<T, S>,
): Promise<string> {
  const faults: string[] = [];
  const answered = new Map<number, number>();
  let fired = 0;
  for (const target of all) {
    const refused = new Map<string, S>();
    const property = fc.asyncProperty(await made(target), async (shot) => {
      const hit = await sent(shot);
      fired += 1;
      answered.set(hit.status, (answered.get(hit.status) ?? 0) + 1);
      if (hit.status >= 400) refused.set(String(hit.headers['x-request-id']), shot);
      const found = wrong(target, shot, hit);
      if (found.length > 0) throw new Error(found.join('\n'));
    });
    try {
      await fc.assert(property, {
        seed: (SEED + crc32(name(target))) | 0,
        numRuns: runs,
        includeErrorInReport: true,
      });
    } catch (error) {
      faults.push(`${name(target)}\n${(error as Error).message}`);
    }
    faults.push(...(await changedBy(refused)).map((change) => `${name(target)} ${change}`));
  }
  const statuses = [...answered].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
  process.stdout.write(
    `${fired} requests to ${all.length} targets, FUZZ_SEED=${SEED} FUZZ_RUNS=${runs}: ${statuses.join(', ')}\n`,
  );
  return faults.join('\n\n');
}

interface Fuzzed<T, S> {
  runs: number;
  name(target: T): string;
  made(target: T): Promise<fc.Arbitrary<S>>;
  sent(shot: S): Promise<Hit>;
  wrong(target: T, shot: S, hit: Hit): string[];
}

const DAY_MS = 24 * 3_600_000;

test(
  'whatever is sent to an operation, it is done, or refused in words, and nothing is left of a refusal',
  async () => {
    expect(targets.length).toBeGreaterThan(ONLY ? 0 : 190);
    const faults = await faultsIn(targets, {
      runs: RUNS,
      name: ({ method, path }) => `${method} ${path}`,
      made: (target) => shots.of(target),
      sent: async (shot) => fire(world.app, await withRevision(world.app, shot)),
      wrong,
    });
    expect(faults).toBe('');
  },
  DAY_MS,
);

test(
  'whatever is asked of a page or sent in its form, a page answers, and nothing is left of a refusal',
  async () => {
    const visitors = await Promise.all(
      [...world.keys.values()].map(([key]) => signedIn(world.app, key as string)),
    );
    const found = await walked(world.app, visitors);
    expect(found.forms.length).toBeGreaterThan(25);
    const pages = [...found.pages, ...found.forms].filter(({ kind }) => ONLY === undefined || kind === ONLY);
    const faults = await faultsIn(pages, {
      runs: PAGE_RUNS,
      name: ({ kind }) => kind,
      made: async (page) => ('fields' in page ? formShots(page) : pageShots(page)),
      sent: (shot) => fire(world.app, shot),
      wrong: (_, __, { status, headers, text }) => [
        ...(status >= 500 ? [`a fault of ours: ${status} ${text.slice(0, 2_000)}`] : []),
        ...(status >= 400 &&
        !/^(text\/html|application\/problem\+json);/.test(String(headers['content-type']))
          ? [`refused as ${headers['content-type']}`]
          : []),
        ...(status >= 400 && INSIDE.test(text) ? [`gives something away: ${text}`] : []),
      ],
    });
    expect(faults).toBe('');
  },
  DAY_MS,
);
