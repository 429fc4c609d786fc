import { randomUUID } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { multipart, pdf } from './evidence.js';
import type { Ground } from './faults-site.js';
import { PLEDGE, proofOf } from './match.js';
import { SLUG } from './returns.js';

/** One request, as HTTP has it. */
export interface Asked {
  method?: string;
  path: string;
  key?: string;
  headers?: Record<string, string>;
  body?: object | Buffer;
  agent?: Agent;
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends a request and reads its whole answer. @throws Error where the connection breaks or 20 seconds pass */
export function ask(
  address: string,
  { method = 'GET', path, key, headers = {}, body, agent }: Asked,
): Promise<Answered> {
  const sent = body === undefined || body instanceof Buffer ? body : Buffer.from(JSON.stringify(body));
  const all = {
    ...(key ? { authorization: `Bearer ${key}` } : {}),
    ...(body === undefined || body instanceof Buffer ? {} : { 'content-type': 'application/json' }),
    ...(sent ? { 'content-length': String(sent.length) } : {}),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const asking = request(
      `${address}${path}`,
      { method, headers: all, agent, timeout: 20_000 },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece) => pieces.push(piece));
        answer.on('error', reject);
        answer.on('aborted', () => reject(new Error('broken off')));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(pieces).toString(),
          }),
        );
      },
    );
    asking.on('timeout', () => asking.destroy(new Error('no answer within 20 s')));
    asking.on('error', reject);
    asking.end(sent);
  });
}

/** A write that was acknowledged: what it made, and the text by which it is told from all others. */
export interface Acknowledged {
  kind: 'finding' | 'export' | 'contribution' | 'evidenced';
  id: string;
  mark: string;
}

/** Clients that behave well: each write has a key of its own, and is sent again until it is answered. */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that no fault excuses: 4xx, 500, a 503 without Retry-After. */
  readonly faults: string[] = [];
  /** Connections that were refused or broke, and answers that said to come back. */
  broken = 0;
  unavailable = 0;
  /** What those said, each once. */
  readonly excuses = new Set<string>();
  requests = 0;
  /** How long each answer took, in milliseconds. */
  readonly times: number[] = [];
  private turn = 0;
  private stopped = false;
  private readonly writers: Array<Promise<void>> = [];

  /** @param addresses asked in turn */
  constructor(
    private readonly addresses: readonly string[],
    private readonly ground: Ground,
  ) {}

  /** Starts writers that go on until `stop`. */
  start(writers: number): this {
    for (let i = 0; i < writers; i += 1) this.writers.push(this.write(i));
    return this;
  }

  /** Lets each writer end what it has begun. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.writers);
  }

  /** What a run came to, for its record. */
  figures(): object {
    const { requests, broken, unavailable } = this;
    const acknowledged = this.acknowledged.length;
    return { acknowledged, requests, broken, unavailable, p99Ms: this.p99Ms() };
  }

  /** The time within which 99 of 100 answers came, in milliseconds. */
  p99Ms(): number {
    const sorted = [...this.times].sort((a, b) => a - b);
    return Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0);
  }

  private async write(number: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const jobs = [this.finding, this.exporting, this.contribution];
    for (let turn = number; !this.stopped; turn += 1) await jobs[turn % jobs.length]?.call(this, agent, turn);
    agent.destroy();
  }

  private async finding(agent: Agent): Promise<void> {
    const mark = `Load ${randomUUID()}`;
    const body = {
      ...{ kind: 'finding', review: 'Fault test', statement: mark, ownerRole: 'programme-manager' },
      dueOn: '2018-12-31',
    };
    const answer = await this.post(agent, `/v1/programmes/${SLUG}/findings`, this.ground.auditor, body);
    if (answer) this.acknowledged.push({ kind: 'finding', id: answer.id, mark });
  }

  private async exporting(agent: Agent): Promise<void> {
    const body = { list: `/v1/programmes/${SLUG}/projects`, format: 'ndjson' };
    const answer = await this.post(agent, '/v1/exports', this.ground.auditor, body);
    if (answer) this.acknowledged.push({ kind: 'export', id: answer.id, mark: answer.id });
  }

  /** A pledge, its evidence, and its posting in the ledger. */
  private async contribution(agent: Agent, turn: number): Promise<void> {
    const { key, agreement } = this.ground.leads[turn % this.ground.leads.length] as Ground['leads'][number];
    const mark = `Load ${randomUUID()}`;
    const pledge = { ...PLEDGE, description: mark, amountPence: 100 };
    const pledged = await this.post(agent, `/v1/agreements/${agreement}/contributions`, key, pledge);
    if (!pledged) return;
    const { id } = pledged;
    this.acknowledged.push({ kind: 'contribution', id, mark });
    const label = { supplier: 'Northern Networks Ltd', reference: mark, description: 'The invoice' };
    const file = multipart(pdf({ name: 'invoice.pdf' }), label);
    if (!(await this.post(agent, `/v1/contributions/${id}/evidence`, key, file))) return;
    const path = `/v1/contributions/${id}`;
    const read = await this.send({ agent, path, key });
    if (!read) return;
    const evidenced = await this.post(agent, `${path}/evidencing`, key, proofOf(100), {
      'if-match': String(read.headers.etag),
    });
    if (evidenced) this.acknowledged.push({ kind: 'evidenced', id, mark });
  }

  private async post(
    agent: Agent,
    path: string,
    key: string,
    body: object | Buffer,
    more: Record<string, string> = {},
  ): Promise<{ id: string } | undefined> {
    const headers: Record<string, string> = { 'idempotency-key': randomUUID(), ...more };
    if (body instanceof Buffer) headers['content-type'] = 'multipart/form-data; boundary=xyzzy';
    const answer = await this.send({ method: 'POST', path, key, body, headers, agent });
    return answer && JSON.parse(answer.text);
  }

  /** Sends it until it is answered for good. @returns undefined where it was refused */
  private async send(asked: Asked): Promise<Answered | undefined> {
    for (;;) {
      const address = this.addresses[this.turn++ % this.addresses.length] as string;
      this.requests += 1;
      const began = performance.now();
      const answer = await ask(address, asked).catch(() => undefined);
      if (answer) this.times.push(performance.now() - began);
      const wait = Number(answer?.headers['retry-after']);
      if (!answer) this.broken += 1;
      else if (answer.status === 503 && wait > 0) {
        this.unavailable += 1;
        this.excuses.add(JSON.parse(answer.text).detail);
      } else if (answer.status < 300) return answer;
      else {
        this.faults.push(`${asked.method ?? 'GET'} ${asked.path}: ${answer.status} ${answer.text}`);
        return undefined;
      }
      await new Promise((resolve) => setTimeout(resolve, answer ? wait * 1_000 : 50));
    }
  }
}
