import { createHash } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { Problem } from '../core/problems.js';
import type { Pieces } from '../storage/made-file.js';
import { answerPublicFile, isFresh } from './public-file.js';

const tagOf = (content: string): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;

const etag = tagOf('{"a":1}');
const changed = new Date('2018-07-20T09:30:00.750Z');

test.each([
  [{}, false],
  [{ 'if-none-match': '"x"' }, false],
  [{ 'if-none-match': etag }, true],
  [{ 'if-none-match': `W/${etag}` }, true],
  [{ 'if-none-match': `"x", ${etag}` }, true],
  [{ 'if-none-match': '*' }, true],
  [{ 'if-modified-since': 'Fri, 20 Jul 2018 09:30:00 GMT' }, true],
  [{ 'if-modified-since': 'Fri, 20 Jul 2018 09:29:59 GMT' }, false],
  [{ 'if-modified-since': 'yesterday' }, false],
  // The tag decides where both were sent.
  [{ 'if-none-match': '"x"', 'if-modified-since': 'Sat, 21 Jul 2018 09:30:00 GMT' }, false],
])('a copy asked for with %p is good: %p', (headers, fresh) =>
  expect(isFresh(headers, etag, changed)).toBe(fresh),
);

test('without a date of its own, a file is not known by one', () =>
  expect(isFresh({ 'if-modified-since': 'Fri, 20 Jul 2018 09:30:00 GMT' }, etag)).toBe(false));

describe('an answer', () => {
  let pieces: Pieces;
  const server = fastify();
  server.get('/', async (request, reply) => {
    const file = await answerPublicFile(request, reply, { pieces, mediaType: 'text/csv', fileName: 'a.csv' });
    if (!file) return reply.send();
    return reply.header('Content-Length', file.getHeaders().length).send(file.getStream());
  });
  server.setErrorHandler((error, _, reply) =>
    reply.status(error instanceof Problem ? error.status : 500).send({ code: (error as Problem).code }),
  );
  beforeAll(() => server.listen({ port: 0, host: '127.0.0.1' }));
  afterAll(() => server.close());

  /** Files of answers that this process has open. */
  const open = (): string[] =>
    readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).match(/exemplar-file-.*/)?.[0] ?? [];
      } catch {
        return [];
      }
    });
  const noneOpen = async (): Promise<boolean> => {
    for (let tries = 0; tries < 100 && open().length > 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return open().length === 0;
  };
  const onLinux = process.platform === 'linux' ? test : test.skip;

  /** Asks, and goes away when the answer says to, or before there is one. */
  const ask = (headers: Record<string, string> = {}) => {
    const { port } = server.server.address() as AddressInfo;
    const sent = httpRequest({ port, headers });
    sent.on('error', () => undefined);
    const answer = new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
    sent.end();
    return { answer, leave: () => sent.destroy() };
  };
  const textOf = async (answer: IncomingMessage): Promise<string> => {
    let text = '';
    answer.setEncoding('utf8');
    for await (const piece of answer) text += piece;
    return text;
  };

  test('is what the pieces make, under the tag of that', async () => {
    pieces = ['a,b\r\n', '', '1,é\r\n'];
    const answer = await ask().answer;
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="a.csv"',
      'content-length': '11',
      etag: tagOf('a,b\r\n1,é\r\n'),
    });
    expect(await textOf(answer)).toBe('a,b\r\n1,é\r\n');
    pieces = ['a,b\r\n1,é', '\r\n'];
    const again = await ask({ 'if-none-match': answer.headers.etag as string }).answer;
    expect([again.statusCode, await textOf(again)]).toEqual([304, '']);
  });

  test('of nothing is an empty file', async () => {
    pieces = [];
    const answer = await ask().answer;
    expect([answer.headers['content-length'], await textOf(answer)]).toEqual(['0', '']);
  });

  onLinux('leaves nothing open: taken, fresh, or left in its midst', async () => {
    pieces = ['x'.repeat(20_000_000)];
    const whole = await ask().answer;
    expect(open()).toEqual([expect.stringMatching(/\(deleted\)$/)]);
    expect(await textOf(whole)).toHaveLength(20_000_000);
    expect(await noneOpen()).toBe(true);
    await ask({ 'if-none-match': whole.headers.etag as string }).answer;
    expect(await noneOpen()).toBe(true);
    const { answer, leave } = ask();
    (await answer).pause();
    expect(open()).toHaveLength(1);
    leave();
    expect(await noneOpen()).toBe(true);
  });

  onLinux('is made no further when whoever asked for it has gone', async () => {
    let made = 0;
    const ended = new Promise<void>((resolve) => {
      pieces = (async function* () {
        try {
          for (; ; made += 1) {
            yield 'more\n';
            await new Promise((turn) => setImmediate(turn));
          }
        } finally {
          resolve();
        }
      })();
    });
    const { leave } = ask();
    while (made < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(open()).toHaveLength(1);
    leave();
    await ended;
    expect(await noneOpen()).toBe(true);
  });

  onLinux.each([
    ['a disk that is full', Object.assign(new Error('No space left'), { code: 'ENOSPC' }), 503],
    ['a Problem', new Problem({ status: 404, code: 'not-found', title: 'x', detail: 'x' }), 404],
    ['any other fault', new Error('x'), 500],
  ])('is refused where making it ends by %s, and nothing stays open', async (_, fault, status) => {
    pieces = (async function* () {
      yield 'begun\n';
      throw fault;
    })();
    const answer = await ask().answer;
    expect([answer.statusCode, answer.headers.etag]).toEqual([status, undefined]);
    answer.resume();
    expect(await noneOpen()).toBe(true);
  });
});
