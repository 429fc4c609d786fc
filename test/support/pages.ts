import { parseHTML } from 'linkedom';
import supertest from 'supertest';
import { systemActor } from '../../src/core/actor.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { SESSION_COOKIE } from '../../src/http/page-access.js';
import { newToken } from '../../src/identity/session.rules.js';
import { Sessions } from '../../src/identity/sessions.js';
import type { TestApp } from './app.js';

type Dom = ReturnType<typeof parseHTML>['document'];
type DomElement = NonNullable<ReturnType<Dom['querySelector']>>;

/** A page as a browser without JavaScript has it. */
export interface OpenPage {
  status: number;
  /** Where a redirect leads. */
  location: string | undefined;
  headers: Record<string, string>;
  text: string;
  document: Dom;
  /** The words of the first element that a selector finds, white space folded; '' where there is none. */
  words(selector: string): string;
  /** The rows of a table, as words. */
  rows(id: string): string[][];
  /** What was wrong, as the summary at the top says it. */
  errors(): string[];
}

/** Somebody who is signed in. */
export interface Visitor {
  get(path: string): Promise<OpenPage>;
  /** Opens a page, fills in its form with this action (the first, without one), and sends it. */
  send(page: string, fields: Record<string, string | string[]>, action?: string): Promise<OpenPage>;
  /** Sends fields as they are. */
  post(path: string, fields: Record<string, string | string[]>): Promise<OpenPage>;
  cookie: string;
}

const folded = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

/** An answer as a page. */
export function opened({ status, headers, text }: supertest.Response): OpenPage {
  let document: Dom | undefined;
  // A file, or a page whose text says enough, is not taken apart.
  const parsed = (): Dom => {
    document ??= parseHTML(text || '<html></html>').document;
    return document;
  };
  return {
    status,
    location: headers.location,
    headers,
    text,
    get document() {
      return parsed();
    },
    words: (selector) => folded(parsed().querySelector(selector)?.textContent),
    rows: (id) =>
      [...parsed().querySelectorAll(`#${id} tbody tr`)].map((row) =>
        [...row.querySelectorAll('th, td')].map((cell) => {
          cell.querySelector('.nhsuk-table__heading')?.remove();
          return folded(cell.textContent);
        }),
      ),
    errors: () =>
      [...parsed().querySelectorAll('.nhsuk-error-summary li')].map((item) => folded(item.textContent)),
  };
}

/** The fields of a form as they stand on its page: what a browser sends where nothing is typed. */
export function fieldsOf(form: DomElement): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const field of form.querySelectorAll('input, textarea, select')) {
    const name = field.getAttribute('name');
    const type = field.getAttribute('type');
    if (!name || type === 'file') continue;
    if ((type === 'checkbox' || type === 'radio') && !field.hasAttribute('checked')) continue;
    const value =
      field.tagName === 'SELECT'
        ? (field.querySelector('option[selected]') ?? field.querySelector('option'))?.getAttribute('value')
        : field.tagName === 'TEXTAREA'
          ? field.textContent
          : field.getAttribute('value');
    const before = found[name];
    found[name] = type === 'checkbox' && before !== undefined ? [before, value ?? ''].flat() : (value ?? '');
  }
  return found;
}

function encoded(fields: Record<string, string | string[]>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each] as [string, string]),
  );
  return new URLSearchParams(pairs).toString();
}

/** Somebody with a key, signed in to the pages. */
export async function signedIn(test: TestApp, key: string): Promise<Visitor> {
  const actor = await test.actorOf(key);
  const token = newToken();
  const who = { personId: actor.id, trustId: actor.trustId, issuer: 'test', idToken: null };
  await test.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'person.sign-in' }, (tx) =>
      test.app.get(Sessions, { strict: false }).begin(tx, who, token, undefined),
    );
  return visitor(test, `${SESSION_COOKIE}=${token}`);
}

/** A browser with a cookie; an empty one is nobody's. */
export function visitor(test: TestApp, cookie: string): Visitor {
  const server = test.app.getHttpServer();
  const post: Visitor['post'] = async (path, fields) =>
    opened(
      await supertest(server)
        .post(path)
        .set('Cookie', cookie)
        .set('Accept', 'text/html')
        .type('form')
        .send(encoded(fields)),
    );
  const get: Visitor['get'] = async (path) =>
    opened(await supertest(server).get(path).set('Cookie', cookie).set('Accept', 'text/html'));
  return {
    get,
    post,
    async send(page, fields, action) {
      const { document, status } = await get(page);
      const forms = [...document.querySelectorAll('main form[method=post]')];
      const form = forms.find((each) => action === undefined || each.getAttribute('action') === action);
      if (!form) throw new Error(`${page} (${status}) has no form ${action ?? ''}`);
      return post(form.getAttribute('action') ?? page, { ...fieldsOf(form), ...fields });
    },
    cookie,
  };
}
