import type { TestApp } from './app.js';
import { routesOf, withNamed } from './routes.js';

/** A list of the API with the ids in its address filled in. */
export interface AskedList {
  template: string;
  path: string;
}

type Rows = Array<Record<string, unknown>>;

/** Where the things of an address are found: `/v1/claims/:id/…` is asked of claims. */
const SLUG = 'mental-health-exemplars';

/** All rows of a list, by its pages of JSON. */
export async function rowsByPage(app: TestApp, path: string, key: string, limit = 200): Promise<Rows> {
  const rows: Rows = [];
  const sign = path.includes('?') ? '&' : '?';
  for (let next: string | null = `${path}${sign}limit=${limit}`; next; ) {
    const answer = await app.request('get', next, key);
    // A list that is whole takes no limit.
    if (answer.status === 400) return (await app.request('get', path, key)).body.items;
    if (answer.status !== 200) throw new Error(`${next}: ${answer.status} ${answer.text}`);
    rows.push(...answer.body.items);
    next = answer.body.next ? `${path}${sign}limit=${limit}&after=${answer.body.next}` : null;
  }
  return rows;
}

/** The log is as long as all the rest together: what it says of one table is enough. */
const NARROWED: Readonly<Record<string, string>> = { '/v1/log-entries': '?table=milestone' };

/** Every list of the API, asked of things that have rows where there are such. */
export async function everyList(app: TestApp, key: string): Promise<AskedList[]> {
  const { body: description } = await app.request('get', '/openapi.json');
  const templates = routesOf(app)
    .filter(({ method, path }) => method === 'get' && isList(description, path))
    .map(({ path }) => path);
  const ids = await idsOf(app, key);
  return templates.flatMap((template) => {
    const [, thing = ''] = /^\/v1\/([a-z-]+)\/:id/.exec(template) ?? [];
    const filled = withNamed(template.replace(':slug', SLUG).replace(':ods', 'RW4'));
    if (!filled.includes(':')) return [{ template, path: `${filled}${NARROWED[template] ?? ''}` }];
    return (ids[thing] ?? []).slice(0, 3).map((id) => ({ template, path: filled.replace(':id', id) }));
  });
}

interface Described {
  paths: Record<
    string,
    { get?: { responses: Record<string, { content?: Record<string, { schema?: Described }> }> } }
  >;
  components: { schemas: Record<string, { properties?: Record<string, { type?: string }> }> };
  $ref?: string;
}

function isList({ paths, components }: Described, path: string): boolean {
  const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.get;
  const name = operation?.responses[200]?.content?.['application/json']?.schema?.$ref?.split('/').at(-1);
  return components.schemas[name ?? '']?.properties?.items?.type === 'array';
}

async function idsOf(app: TestApp, key: string): Promise<Record<string, string[]>> {
  const within = `/v1/programmes/${SLUG}`;
  const found: Record<string, string[]> = {};
  for (const [thing, path] of Object.entries({
    agreements: `${within}/agreements`,
    claims: '/v1/claims',
    milestones: `${within}/milestones`,
    'progress-reports': `${within}/progress-reports`,
    tranches: `${within}/gates`,
  }))
    found[thing] = (await rowsByPage(app, path, key)).map((row) => String(row.id));
  const lists = await Promise.all(
    (found.agreements ?? []).map((id) => rowsByPage(app, `/v1/agreements/${id}/contributions`, key)),
  );
  found.contributions = lists.flat().map((row) => String(row.id));
  return found;
}
