import { SUBJECTS } from '../../src/auditing/reads/audit-read.rules.js';
import type { TestApp } from './app.js';
import { eventually, SLUG } from './returns.js';
import { routesOf, withNamed } from './routes.js';

/** The table that a route's id is of, by the part of the path before it. */
export const TABLES: Readonly<Record<string, string>> = { ...SUBJECTS, checkpoints: 'checkpoint' };

/** Readings of what is no part of the record: they have no past, and say so. */
export const WITHOUT_PAST = [
  '/v1/exports',
  '/v1/exports/:id',
  '/v1/exports/:id/content',
  '/v1/jobs',
  '/v1/receipts/:id',
  '/v1/receipts/:id/events',
];

/** What a path answered to whoever holds a key. */
export interface Answer {
  key: string;
  path: string;
  status: number;
  /** Of a refusal its code: its text names the request. */
  text: string;
}

/** The whole log, with when it was taken: its own tests hold it against the past. */
const WHOLE_LOG = '/v1/audit/export';

/** Every GET of the API that has a past, each of the newest thing of its kind and, by turns, of another. */
export async function everyPath(app: TestApp, turn: number): Promise<string[]> {
  const paths = routesOf(app)
    .filter(({ method, path }) => method === 'get' && path.startsWith('/v1/'))
    .map(({ path }) => path)
    .filter((path) => path !== WHOLE_LOG && !WITHOUT_PAST.includes(path));
  return (await Promise.all(paths.map((path) => filledIn(app, path, turn)))).flat();
}

async function filledIn(app: TestApp, path: string, turn: number): Promise<string[]> {
  const trust = ['RW4', 'RXT', 'RNU'][turn % 3] as string;
  const named = withNamed(path.replace(':slug', SLUG).replace(':ods', trust));
  const before = /([\w-]+)\/:\w+/.exec(named)?.[1];
  if (before === undefined) return [named];
  const table = TABLES[before];
  if (!table) throw new Error(`${path}: of which table is what comes after ${before}?`);
  const column = table === 'checkpoint' ? 'size' : 'id';
  const rows = await app.database.sql<{ id: string }>(
    `(select ${column} as id from ${table} order by 1 desc limit 1)
     union (select ${column} from ${table} order by md5(${column}::text || $1) limit 1)`,
    [String(turn)],
  );
  return rows.map(({ id }) => named.replace(/:\w+/, id));
}

/** What a path answers now or, where given, as at a moment. */
export async function answerOf(app: TestApp, key: string, path: string, at?: string): Promise<Answer> {
  const url = at ? `${path}?asAt=${encodeURIComponent(at)}` : path;
  const { status, text, body } = await app.request('get', url, key).buffer(true);
  const whole = text ?? (body as Buffer).toString('base64');
  return { key, path, status, text: status < 300 ? whole : body.code };
}

/** Answers that were noted, to be found again as at their moments. */
export class Notebook {
  private readonly notes: Array<{ at: string; answer: Answer }> = [];
  private turn = 0;

  /** @param keys whose answers are noted, by turns */
  constructor(
    private readonly app: TestApp,
    private readonly keys: readonly string[],
  ) {}

  get length(): number {
    return this.notes.length;
  }

  /** Notes what a part of all paths answer now, another part each time; `parts` 1 is all of them. */
  async take(parts: number): Promise<void> {
    this.turn += 1;
    await settled(this.app);
    const paths = (await everyPath(this.app, this.turn)).filter(
      (_, index) => index % parts === this.turn % parts,
    );
    for (const [index, path] of paths.entries())
      await this.note(path, this.keys[(this.turn + index) % this.keys.length] as string);
  }

  /** Notes what one path answers now to whoever holds a key. */
  async note(path: string, key: string): Promise<void> {
    // What an auditor is answered is recorded: the moment is before each answer.
    const at = await this.moment();
    this.notes.push({ at, answer: await answerOf(this.app, key, path) });
  }

  /** Those that are not found again, byte for byte. */
  async lost(): Promise<Array<{ at: string; noted: Answer; found: Answer }>> {
    const lost = [];
    for (const { at, answer: noted } of this.notes) {
      const found = await answerOf(this.app, noted.key, noted.path, at);
      if (found.status !== noted.status || found.text !== noted.text) lost.push({ at, noted, found });
    }
    return lost;
  }

  private async moment(): Promise<string> {
    const [now] = await this.app.database.sql<{ at: string }>(
      'select to_json(clock_timestamp()) #>> array[]::text[] as at',
    );
    return (now as { at: string }).at;
  }
}

/** Waits until the queue has nothing to do: it changes things too. */
export async function settled({ database }: Pick<TestApp, 'database'>): Promise<void> {
  await eventually(async () => {
    const [row] = await database.sql<{ waiting: boolean }>(
      'select exists (select from outbox_message where finished_at is null and failed_at is null) as waiting',
    );
    return row?.waiting === false || undefined;
  });
}
