import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { TestApp } from './app.js';
import { multipart, pdf } from './evidence.js';
import { HOSTILE_TEXTS, ODD_HEADERS, ODD_QUERIES, ODD_SEGMENTS } from './junk.js';
import { fieldsOf, type Visitor } from './pages.js';
import { pageRoutesOf } from './routes.js';
import type { Shot } from './shots.js';

/** A page as somebody was led to it. */
export interface WalkedPage {
  /** Its route. */
  kind: string;
  path: string;
  cookie: string;
  /** The parameters that its own forms for narrowing it have. */
  parameters: string[];
}

/** A form as it stands on a page. */
export interface WalkedForm {
  kind: string;
  action: string;
  cookie: string;
  fields: Record<string, string | string[]>;
  /** Whether it takes a file. */
  takesFile: boolean;
}

type Fired = Omit<Shot, 'described' | 'subject'>;

/** Pages of one kind that one visitor opens. */
const OF_A_KIND = 1;
const NOT_FOLLOWED = /^\/(v1|docs|oidc|assets|sign-in)(\/|$)|\/(content|events)$/;

/** Follows links from the tasks of each visitor: one page and one form of each kind, whoever came to it first. */
export async function walked(app: TestApp, visitors: readonly Visitor[]) {
  const kindOf = kindsOf(app);
  const pages = new Map<string, WalkedPage>();
  const forms = new Map<string, WalkedForm>();
  for (const visitor of visitors) {
    const waiting = ['/tasks', '/', '/progress', '/programmes/mental-health-exemplars/audit'];
    const queued = new Set(waiting);
    const opened = new Map<string, number>();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const kind = kindOf('get', path);
      if (kind === undefined || (opened.get(kind) ?? 0) >= OF_A_KIND) continue;
      opened.set(kind, (opened.get(kind) ?? 0) + 1);
      const page = await visitor.get(path);
      if (page.status !== 200) continue;
      const parameters = [...page.document.querySelectorAll('form[method=get] [name]')].map(
        (field) => field.getAttribute('name') as string,
      );
      if (!pages.has(kind)) pages.set(kind, { kind, path, cookie: visitor.cookie, parameters });
      for (const form of page.document.querySelectorAll('form[method=post]')) {
        const action = form.getAttribute('action') ?? (path.split('?')[0] as string);
        const target = kindOf('post', action);
        if (!target || forms.has(target) || action === '/sign-out') continue;
        const takesFile = form.querySelector('input[type=file]') !== null;
        forms.set(target, {
          kind: target,
          action,
          cookie: visitor.cookie,
          fields: fieldsOf(form),
          takesFile,
        });
      }
      for (const link of page.document.querySelectorAll('a[href^="/"]')) {
        const href = (link.getAttribute('href') ?? '').split('#')[0] as string;
        if (href === '' || queued.has(href) || NOT_FOLLOWED.test(href)) continue;
        queued.add(href);
        waiting.push(href);
      }
    }
  }
  return { pages: [...pages.values()], forms: [...forms.values()] };
}

/** Which route an address is of, the one with the fewest parameters first; the steps of a thing are each their own. */
function kindsOf(app: TestApp): (method: string, address: string) => string | undefined {
  const kinds = pageRoutesOf(app)
    .map(({ method, path }) => ({
      ...{ method, path },
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
    }))
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length);
  return (method, address) => {
    const pathname = address.split(/[?#]/)[0] as string;
    const found = kinds.find((kind) => kind.method === method && kind.pattern.test(pathname));
    const step = /\/steps\/[^/]+$/.exec(pathname)?.[0] ?? '';
    return found && `${method} ${found.path.replace(/\/steps\/:step$/, step)}`;
  };
}

/** Requests for a page with an address or headers that are not as its links have them. */
export function pageShots({ path, cookie, parameters }: WalkedPage): fc.Arbitrary<Fired> {
  const [pathname = ''] = path.split('?');
  const shot = {
    method: 'get' as const,
    path,
    headers: { Cookie: cookie, Accept: 'text/html' },
    body: undefined,
  };
  const names = [...parameters, 'sort', 'download', 'asAt', 'asAtTime', 'page', 'returnTo'];
  return fc.oneof(
    fc.constantFrom(...ODD_QUERIES).map((query) => ({ ...shot, path: `${pathname}?${query}` })),
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...HOSTILE_TEXTS)).map(([name, text]) => ({
      ...shot,
      path: `${pathname}?${encodeURIComponent(name)}=${encodeURIComponent(text)}`,
    })),
    fc.tuple(fc.nat(), fc.constantFrom(...ODD_SEGMENTS)).map(([at, odd]) => {
      const segments = pathname.split('/');
      segments[1 + (at % segments.length)] = odd;
      return { ...shot, path: segments.join('/') };
    }),
    fc.constantFrom(...ODD_HEADERS).map((more) => ({ ...shot, headers: { ...shot.headers, ...more } })),
  );
}

/** A form with something wrong in it; what protects it is right at most times, so that the rest is looked at. */
export function formShots({ action, cookie, fields, takesFile }: WalkedForm): fc.Arbitrary<Fired> {
  const names = Object.keys(fields);
  const name = fc.constantFrom(...names, '_page', '_revision', '__proto__', 'constructor', '/lines/0/x', '/');
  const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 40 }));
  const fresh = () => ({ ...fields, _key: randomUUID() });
  const changed = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(name, text).map(([at, value]) => ({ ...fresh(), [at]: value.toWellFormed() })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(name, text)
        .map(([at, value]) => ({ ...fresh(), [at]: [value.toWellFormed(), 'x'] })),
    },
    {
      weight: 1,
      arbitrary: name.map((at) =>
        Object.fromEntries(Object.entries(fresh()).filter(([each]) => each !== at)),
      ),
    },
    { weight: 1, arbitrary: fc.constant(undefined).map(fresh) },
  );
  return changed.map((sent) => ({
    method: 'post' as const,
    path: action,
    headers: {
      Cookie: cookie,
      Accept: 'text/html',
      'Content-Type': takesFile ? 'multipart/form-data; boundary=xyzzy' : 'application/x-www-form-urlencoded',
    },
    body: takesFile
      ? multipart(pdf(), sent as Record<string, string>)
      : new URLSearchParams(
          Object.entries(sent).flatMap(([at, value]) =>
            [value].flat().map((each) => [at, String(each)] as [string, string]),
          ),
        ).toString(),
  }));
}
