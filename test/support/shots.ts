import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { type Permission, ROLES, roleMay } from '../../src/core/permissions.js';
import type { Method, TestApp } from './app.js';
import { type Arbitraries, junk, spoiled } from './arbitraries.js';
import type { Operation } from './conformance.js';
import { multipart, pdf } from './evidence.js';
import { HOSTILE_TEXTS, ODD_HEADERS, ODD_QUERIES, ODD_SEGMENTS } from './junk.js';
import type { Route } from './routes.js';
import type { Address, WholeWorld } from './whole-world.js';

/** One request, wholly said. */
export interface Shot {
  method: Method;
  /** With its query, as it goes over the wire. */
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
  /** Whether all of it is as the description says. */
  described: boolean;
  subject: Address['subject'];
}

/** What a shot was answered. */
export interface Hit {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
}

/** An operation of the API as it is described, and as its route declares it. */
export interface Target extends Route {
  template: string;
  operation: Operation;
}

type Part = fc.Arbitrary<Pick<Shot, 'headers' | 'body'>>;

/** Makes requests of an operation: as it is described, or with something wrong. */
export class Shots {
  constructor(
    private readonly world: WholeWorld,
    private readonly arbitraries: Arbitraries,
  ) {}

  async of(target: Target): Promise<fc.Arbitrary<Shot>> {
    const addresses = await this.world.at(target.path);
    const address = fc.constantFrom(...addresses);
    const good = fc
      .tuple(address, this.query(target), this.body(target), this.caller(target))
      .map(([{ path, subject }, query, { headers, body }, caller]) => ({
        method: target.method,
        path: query === '' ? path : `${path}?${query}`,
        headers: { ...headers, ...caller },
        body,
        described: true,
        subject,
      }));
    return fc.oneof(
      good,
      good.chain((shot) => this.spoiled(shot)),
    );
  }

  /** Whoever may ask more often than whoever may not, and nobody at times. */
  private caller({ access }: Target): fc.Arbitrary<Record<string, string>> {
    const keys = (roles: readonly (typeof ROLES)[number][]) =>
      roles.flatMap((role) => this.world.keys.get(role) ?? []);
    const may = ROLES.filter(
      (role) => ['anybody', 'public'].includes(access ?? '') || roleMay(role, access as Permission),
    );
    const header = (key: string) => ({ Authorization: `Bearer ${key}` });
    return fc.oneof(
      { weight: 16, arbitrary: fc.constantFrom(...keys(may)).map(header) },
      { weight: 2, arbitrary: fc.constantFrom(...keys(ROLES)).map(header) },
      { weight: 1, arbitrary: fc.constant({}) },
    );
  }

  private query({ operation }: Target): fc.Arbitrary<string> {
    const asked = operation.parameters.filter((each) => each.in === 'query');
    const values = Object.fromEntries(
      asked.map(({ name, schema = { type: 'string' } }) => [
        name,
        this.arbitraries.valid(schema).map((value) => `${name}=${encodeURIComponent(String(value))}`),
      ]),
    );
    const requiredKeys = asked.filter(({ required }) => required).map(({ name }) => name);
    return fc.record(values, { requiredKeys }).map((pairs) => Object.values(pairs).join('&'));
  }

  private body({ operation }: Target): Part {
    const [type, schema] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    const wanted = schema?.schema ?? {};
    const once = () => ({ 'Idempotency-Key': randomUUID() });
    if (type === undefined) return fc.constant(undefined).map((body) => ({ headers: once(), body }));
    if (type === 'multipart/form-data') {
      const { file: _, ...properties } = wanted.properties ?? {};
      const fields = this.arbitraries.valid({ type: 'object', properties });
      return fields.map((said) => ({
        headers: { 'Content-Type': 'multipart/form-data; boundary=xyzzy', ...once() },
        body: multipart(pdf(), said as Record<string, string>),
      }));
    }
    return this.arbitraries.valid(wanted).map((body) => ({
      headers: { 'Content-Type': type, ...once() },
      body: type === 'application/json' ? JSON.stringify(body) : String(body),
    }));
  }

  private spoiled(shot: Shot): fc.Arbitrary<Shot> {
    const ways: fc.Arbitrary<Partial<Shot>>[] = [
      fc.constantFrom(...ODD_HEADERS).map((more) => ({ headers: { ...shot.headers, ...more } })),
      fc.constantFrom(...ODD_QUERIES).map((query) => ({ path: `${shot.path}${sign(shot.path)}${query}` })),
      fc
        .tuple(fc.nat(), fc.constantFrom(...ODD_SEGMENTS))
        .map(([at, odd]) => ({ path: withSegment(shot.path, at, odd) })),
    ];
    if (shot.path.includes('?'))
      ways.push(
        fc
          .tuple(fc.nat(), fc.constantFrom(...HOSTILE_TEXTS))
          .map(([at, text]) => ({ path: withValue(shot.path, at, text) })),
      );
    const body = bodyWays(shot);
    return fc
      .oneof(
        { weight: 1, arbitrary: fc.oneof(...ways) },
        { weight: body.length > 0 ? 3 : 0, arbitrary: fc.oneof(...body, ...ways) },
      )
      .map((change) => ({ ...shot, ...change, described: false }));
  }
}

function bodyWays({ headers, body }: Shot): fc.Arbitrary<Partial<Shot>>[] {
  if (body === undefined)
    return [
      junk.map((text) => ({ headers: { ...headers, 'Content-Type': 'application/json' }, body: text })),
    ];
  if (typeof body === 'string' && headers['Content-Type'] === 'application/json')
    return [spoiled(JSON.parse(body)).map((text) => ({ body: text }))];
  const bytes = Buffer.from(body);
  return [
    fc.nat().map((at) => ({ body: bytes.subarray(0, at % bytes.length) })),
    fc.tuple(fc.nat(), fc.constantFrom(...HOSTILE_TEXTS)).map(([at, text]) => {
      const cut = at % bytes.length;
      return { body: Buffer.concat([bytes.subarray(0, cut), Buffer.from(text), bytes.subarray(cut)]) };
    }),
  ];
}

const sign = (path: string): string => (path.includes('?') ? '&' : '?');

function withSegment(path: string, at: number, odd: string): string {
  const [before = '', query] = path.split('?');
  const segments = before.split('/');
  segments[1 + (at % segments.length)] = odd;
  return segments.join('/') + (query === undefined ? '' : `?${query}`);
}

function withValue(path: string, at: number, text: string): string {
  const [before, query = ''] = path.split('?');
  const pairs = query.split('&');
  const place = at % pairs.length;
  pairs[place] = `${pairs[place]?.split('=')[0]}=${encodeURIComponent(text.toWellFormed())}`;
  return `${before}?${pairs.join('&')}`;
}

/** Sends it as it is. A stream of events is left as soon as it has begun. */
export function fire(
  { app }: TestApp,
  { method, path, headers, body }: Omit<Shot, 'described' | 'subject'>,
): Promise<Hit> {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const sized =
    body === undefined ? headers : { ...headers, 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', method: method.toUpperCase(), path, headers: sized },
      (answer) => {
        const pieces: Buffer[] = [];
        const done = (): void =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers as Hit['headers'],
            text: Buffer.concat(pieces).toString(),
          });
        if (String(answer.headers['content-type']).startsWith('text/event-stream')) {
          done();
          sent.destroy();
          return;
        }
        answer
          .on('data', (piece: Buffer) => pieces.push(piece))
          .on('end', done)
          .on('error', reject);
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`${method} ${path}: ${error.code} ${error.message}`)),
    );
    sent.end(body);
  });
}

/** The headers of a shot with the revision that its thing has now, as somebody who has read it sends it. */
export async function withRevision({ database }: TestApp, shot: Shot): Promise<Shot> {
  if (!shot.subject || shot.method === 'get' || 'If-Match' in shot.headers) return shot;
  const { table, id } = shot.subject;
  const [row] = await database.sql<{ revision: string | null }>(
    `select to_jsonb(x) ->> 'revision' as revision from ${table} x where id::text = $1`,
    [id],
  );
  return { ...shot, headers: { ...shot.headers, 'If-Match': `"${row?.revision ?? 1}"` } };
}
