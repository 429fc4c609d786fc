import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import {
  lineOf,
  linesOf,
  nodesOf,
  type SourceFile,
  sourceFile,
  sourceFiles,
} from './support/source-files.js';

/** The rooms of the house, each importing only from those above it. */
const ROOMS = [
  'core',
  'config',
  'database',
  'storage',
  'audit',
  'queue',
  'notifications',
  'organisations',
  'programmes',
  'findings',
  'projects',
  'assurance',
  'milestones',
  'targets',
  'benefits',
  'funding',
  'progress-reports',
  'change-requests',
  'blueprints',
  'turnaround',
  'surveys',
  'open-data',
  'auditing',
  'portfolio',
  'identity',
  'exports',
  'http',
];
/** The doors: they may use every room, and never one another. */
const DOORS = ['api', 'web', 'cli'];
/** Rooms that share a purpose and stay apart. */
const APART = [['projects', 'targets']];

/** Imports that break the order, each with its reason. */
const MAY_IMPORT: Record<string, { files: string[]; because: string }> = {
  cli: {
    files: ['src/app.module.ts', 'src/http-server.ts'],
    because: 'a command starts the program, which the root puts together',
  },
};

/** SQL outside a queries file, each with its reason. */
const MAY_HOLD_SQL: Record<string, string> = {
  'src/database/copied-rows.ts': 'wraps the statement of a list for a copy, and for its count',
  'src/database/database.module.ts': 'looks at the rights of its own role',
  'src/database/held-reading.ts': 'closes a reading that lasts, and asks what it is as at',
  'src/database/migrations.ts': 'makes the schema',
  'src/database/notary-scope.ts': 'opens the transaction of the notary',
  'src/database/read-scope.ts': 'opens and closes the transaction of a reading',
  'src/database/replica.ts': 'asks how far the primary and the replica are',
  'src/database/server.ts': 'makes roles and databases of the embedded server',
  'src/database/unit-of-work.ts': 'names the actor, and keeps the idempotency key',
  'src/queue/clear-finished.job.ts':
    'the machinery of the outbox, each statement beside the promise it keeps',
  'src/queue/hand-over-again.ts': 'the machinery of the outbox',
  'src/queue/job.service.ts': 'the machinery of the outbox',
  'src/queue/message-work.ts': 'the machinery of the outbox',
  'src/queue/notifications.ts': 'the machinery of the outbox: LISTEN',
  'src/queue/outbox.ts': 'the machinery of the outbox',
  'src/queue/relay.ts': 'the machinery of the outbox',
  'src/queue/timetable.ts': 'the machinery of the outbox',
};

/** Connections and transactions outside `database/`, each with its reason. */
const MAY_CONNECT: Record<string, string> = {
  'src/queue/message-queue.ts': 'the queue library works through a pool of its own',
  'src/queue/notifications.ts': 'LISTEN needs a connection that stays',
};

/** What receives or stores files past `EvidenceFiles`, each with its reason. */
const MAY_HANDLE_FILES: Record<string, string> = {
  'src/audit/checkpoint-publisher.ts': 'keeps checkpoints, in a place of their own',
  'src/exports/export-maker.ts': 'keeps the files that the queue makes, which nobody sends',
  'src/exports/export.service.ts': 'gives those out, and removes them',
  'src/funding/payments/extract.service.ts': 'reads what was sent, and does not keep it',
};

const FILES = sourceFiles();
const PROGRAM = FILES.filter((file) => !file.path.endsWith('.spec.ts'));
const RULES = PROGRAM.filter((file) => file.path.endsWith('.rules.ts'));

const roomOf = (path: string): string | null => {
  const [, room, ...rest] = path.split('/');
  return rest.length > 0 ? (room as string) : null;
};

/** Why a file may not import another; nothing where it may. */
function wrongWay(from: SourceFile, to: string): string | undefined {
  const [here, there] = [from.room, roomOf(to)];
  if (here === null || here === there || MAY_IMPORT[here]?.files.includes(to)) return undefined;
  if (to.startsWith('test/') && from.path.endsWith('.spec.ts')) return undefined;
  const says = (why: string) => `${from.path} imports ${to}: ${why}`;
  if (there === null) return says('only the root of src/ puts the program together');
  if (DOORS.includes(there)) return says(`nothing imports from the door ${there}`);
  if (APART.some((pair) => pair.includes(here) && pair.includes(there))) return says('the two stay apart');
  if (DOORS.includes(here)) return ROOMS.includes(there) ? undefined : says(`${there} is no room`);
  return ROOMS.indexOf(there) < ROOMS.indexOf(here) ? undefined : says(`${there} is not above ${here}`);
}

/** Every break of the order in a file. */
const wrongWays = (file: SourceFile): string[] =>
  file.imports.flatMap(({ file: to }) => (to === null ? [] : (wrongWay(file, to) ?? [])));

const isFunction = (
  node: ts.Node,
): node is
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.AccessorDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isAccessor(node);

const isAny = (node: ts.Node): node is ts.KeywordTypeNode => node.kind === ts.SyntaxKind.AnyKeyword;

/** The texts that a file holds: plain ones, and templates as they are written. */
function textsOf(file: SourceFile): Array<{ text: string; line: number }> {
  const literals = nodesOf(file.tree, (node): node is ts.StringLiteralLike => ts.isStringLiteralLike(node));
  const templates = nodesOf(file.tree, ts.isTemplateExpression);
  return [...literals, ...templates].map((node) => ({
    text: ts.isTemplateExpression(node) ? node.getText(file.tree).slice(1, -1) : node.text,
    line: lineOf(file, node),
  }));
}

const SQL = [
  /^\s*select\s+[\s\S]*\bfrom\s+\S/i,
  /^\s*select\s+(1|set_config|pg_\w+)\b/i,
  /\binsert\s+into\s+\S/i,
  /\bupdate\s+\S+(\s+\w+)?\s+set\s/i,
  /\bdelete\s+from\s+\S/i,
  /^\s*(begin isolation|commit$|rollback$|listen \S|(create|alter) (table|role|schema|database)\b)/,
];
const holdsSql = (text: string): boolean => SQL.some((pattern) => pattern.test(text));

const sqlIn = (file: SourceFile): string[] =>
  textsOf(file)
    .filter(({ text }) => holdsSql(text))
    .map(({ line }) => `${file.path}:${line}`);

const CONNECTS = /createQueryRunner|startTransaction|\.transaction\(|\bnew (pg\.)?(Pool|Client)\b/;

/** What a rule may use at run time: other pure code, and Node's own arithmetic on texts. */
const PURE = ['node:crypto', 'node:path/posix', 'node:util'];

/** Whether a file of the house does nothing but compute, all the way down. */
function impurities(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const file = FILES.find((each) => each.path === path);
  if (!file) return [`${path} is not in src/`];
  return file.imports
    .filter((each) => !each.typeOnly)
    .flatMap(({ file: to, specifier }) =>
      to === null ? (PURE.includes(specifier) ? [] : [`${path} imports ${specifier}`]) : impurities(to, seen),
    );
}

const isBarrel = (file: SourceFile): boolean =>
  file.path.endsWith('/index.ts') ||
  (file.tree.statements.length > 0 &&
    file.tree.statements.every(
      (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined,
    ));

test('the rooms are those of CONTRIBUTING.md, in its order, and every folder is one', () => {
  const text = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');
  const table = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);
  expect(table).toEqual([...ROOMS, ...DOORS]);
  expect([...new Set(FILES.flatMap(({ room }) => room ?? []))].sort()).toEqual([...table].sort());
});

test('imports point up the house', () => expect(FILES.flatMap(wrongWays)).toEqual([]));

test('no folder holds what belongs nowhere', () => {
  const folders = new Set(FILES.flatMap(({ path }) => path.split('/').slice(0, -1)));
  expect([...folders].filter((folder) => /^(common|helpers?|utils?|shared|lib|misc)$/.test(folder))).toEqual(
    [],
  );
});

test('no file only passes on what others hold', () =>
  expect(FILES.filter(isBarrel).map(({ path }) => path)).toEqual([]));

test('nothing refers forward, and nothing escapes its type', () => {
  const forward = FILES.filter(({ text }) => /\bforwardRef\b/.test(text)).map(({ path }) => path);
  const anys = PROGRAM.flatMap((file) =>
    nodesOf(file.tree, isAny).map((node) => `${file.path}:${lineOf(file, node)}`),
  );
  const silenced = FILES.filter(({ text }) => /@ts-(ignore|nocheck|expect-error)/.test(text));
  expect({ forward, anys, silenced: silenced.map(({ path }) => path) }).toEqual({
    forward: [],
    anys: [],
    silenced: [],
  });
});

test('a file has at most 300 lines', () =>
  expect(FILES.filter(({ text }) => text.trimEnd().split('\n').length > 300).map(({ path }) => path)).toEqual(
    [],
  ));

test('a function has at most 60 lines', () =>
  expect(
    PROGRAM.flatMap((file) =>
      nodesOf(file.tree, isFunction)
        .filter((node) => linesOf(file, node) > 60)
        .map((node) => `${file.path}:${lineOf(file, node)} has ${linesOf(file, node)}`),
    ),
  ).toEqual([]));

test('a constructor takes at most 6 parameters', () =>
  expect(
    PROGRAM.flatMap((file) =>
      nodesOf(file.tree, ts.isConstructorDeclaration)
        .filter((node) => node.parameters.length > 6)
        .map((node) => `${file.path}:${lineOf(file, node)}`),
    ),
  ).toEqual([]));

test('a job is short: ids in, one call', () => {
  const jobs = PROGRAM.filter(({ path }) => path.endsWith('.job.ts'));
  expect(jobs.length).toBeGreaterThan(0);
  const isHandler = (node: ts.Node): node is ts.MethodDeclaration =>
    ts.isMethodDeclaration(node) && node.name.getText() === 'handle';
  const long = jobs.filter(
    (file) =>
      file.text.trimEnd().split('\n').length > 30 ||
      nodesOf(file.tree, isHandler).some((node) => linesOf(file, node) > 10),
  );
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('rules compute and nothing else', () =>
  expect(RULES.flatMap(({ path }) => impurities(path))).toEqual([]));

test('every rules file has its table of cases beside it', () =>
  expect(
    RULES.map(({ path }) => path.replace(/\.ts$/, '.spec.ts')).filter(
      (path) => !existsSync(new URL(`../${path}`, import.meta.url)),
    ),
  ).toEqual([]));

test('SQL lives in queries files', () => {
  const holders = PROGRAM.filter((file) => !file.path.endsWith('.queries.ts') && sqlIn(file).length > 0);
  const unnamed = holders.filter(({ path }) => !(path in MAY_HOLD_SQL));
  expect(unnamed.flatMap(sqlIn)).toEqual([]);
  const needless = Object.keys(MAY_HOLD_SQL).filter((path) => !holders.some((file) => file.path === path));
  expect(needless).toEqual([]);
});

test('only the database room connects and opens transactions', () => {
  const connecting = PROGRAM.filter(({ room, text }) => room !== 'database' && CONNECTS.test(text));
  expect(connecting.map(({ path }) => path).sort()).toEqual(Object.keys(MAY_CONNECT).sort());
});

test('files come in and go out in one way', () => {
  const handling = PROGRAM.filter(
    ({ room, imports }) =>
      room !== 'storage' &&
      imports.some(({ file }) =>
        /^src\/storage\/(received-file|evidence-storage|disk)\.ts$/.test(file ?? ''),
      ),
  );
  expect(handling.map(({ path }) => path).sort()).toEqual(Object.keys(MAY_HANDLE_FILES).sort());
});

test('what has no past is asked for by the machinery alone', () => {
  const MACHINERY = ['cli', 'database', 'exports', 'identity', 'queue'];
  const NO_PAST = /\b(outbox_message|idempotency_key|web_session|sign_in_attempt|held_form)\b/;
  const asking = PROGRAM.filter(
    ({ room, text }) => !(room && MACHINERY.includes(room)) && NO_PAST.test(text),
  );
  expect(asking.map(({ path }) => path)).toEqual([]);
});

test('times are the database’s: the machine’s clock is asked in one place', () => {
  const asking = PROGRAM.filter(({ room, text }) => room !== 'cli' && /new Date\(\)/.test(text));
  // The head of an export says when the file was written.
  expect(asking.map(({ path }) => path)).toEqual(['src/audit/log-export.ts']);
});

describe('each check sees what it is there for', () => {
  test.each([
    ['up', 'src/core/money.ts', '../database/sql.js', true],
    ['sideways', 'src/targets/x.ts', '../projects/project.queries.js', true],
    ['from a room to a door', 'src/identity/x.ts', '../api/paging.js', true],
    ['from a room to the root', 'src/queue/x.ts', '../jobs.js', true],
    ['from one door to another', 'src/web/x.ts', '../api/paging.js', true],
    ['from a door to the root', 'src/web/x.ts', '../http-server.js', true],
    ['to start the program', 'src/cli/x.ts', '../http-server.js', false],
    ['from a door to what doors share', 'src/web/x.ts', '../http/access.js', false],
    ['down', 'src/identity/x.ts', '../core/money.js', false],
    ['from the root', 'src/x.module.ts', './api/api.module.js', false],
  ])('an import %s', (_, path, specifier, wrong) => {
    for (const text of [
      `import { a } from '${specifier}';`,
      `import type { A } from '${specifier}';`,
      `export { a } from '${specifier}';`,
      `const a = await import('${specifier}');`,
    ])
      expect(wrongWays(sourceFile(path, text))).toHaveLength(wrong ? 1 : 0);
  });

  test.each([
    ['select id from organisation where id = $1', true],
    ['select 1', true],
    ["select set_config('a', $1, true)", true],
    ['insert into t (a) values (1)', true],
    ['with x as (update t set a = 1 returning a) select a from x', true],
    ['delete from t', true],
    ['begin isolation level repeatable read', true],
    ['Select the trust that you act for.', false],
    ['Nothing was deleted from the list.', false],
    ['Keep a validated value beside the reported one', false],
    ['grant', false],
  ])('the text %p is SQL: %p', (text, is) => expect(holdsSql(text)).toBe(is));

  test('a barrel', () => {
    expect(isBarrel(sourceFile('src/core/all.ts', "export * from './money.js';"))).toBe(true);
    expect(isBarrel(sourceFile('src/core/index.ts', 'export const a = 1;'))).toBe(true);
    expect(isBarrel(sourceFile('src/core/a.ts', 'export const a = 1;'))).toBe(false);
  });

  test('an any, a long function, a connection', () => {
    const file = sourceFile('src/core/a.ts', `const a = (b: any) => {\n${'  b();\n'.repeat(60)}};`);
    expect(nodesOf(file.tree, isAny)).toHaveLength(1);
    expect(nodesOf(file.tree, isFunction).map((node) => linesOf(file, node))).toEqual([62]);
    expect(CONNECTS.test('source.transaction(async () => 1)')).toBe(true);
    expect(CONNECTS.test('new pg.Client({})')).toBe(true);
  });
});
