import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '../core/actor.js';
import { Problem, type ProblemDetails, unprocessable } from '../core/problems.js';
import { FORMATS, type Format } from './format.rules.js';

/** Who asks from within the program, and what they want to hear of the rows on their way. */
interface Inside {
  actor: Actor;
  heard: RowsHeard;
}

/** Hears of rows: how many there will be, where that can be known, and how many more have gone out. */
export interface RowsHeard {
  expected(rows: number): void;
  gone(rows: number): void;
}

const inside = new AsyncLocalStorage<Inside>();

/** Who asks, where the program asks itself; undefined for whatever came from outside. */
export function asker(): Actor | undefined {
  return inside.getStore()?.actor;
}

/** What is to hear of the rows of the list that is being answered; undefined where nobody asked to. */
export function rowsHeard(): RowsHeard | undefined {
  return inside.getStore()?.heard;
}

/** A list as a file, on its way. */
export interface OpenList {
  stream: Readable;
  /** The moment that it is of; null of what is not in the log. */
  asAt: string | null;
}

const NOBODY: RowsHeard = { expected: () => undefined, gone: () => undefined };

/** Lists as the API answers them, for the program itself: the same handlers, the same rules, asked as somebody. */
@Injectable()
export class ListSource {
  constructor(private readonly host: HttpAdapterHost) {}

  /** @throws Problem as the API refuses it; 422 where the address is of something else than a list */
  async refuseNoList(actor: Actor, list: string): Promise<void> {
    const { statusCode, payload, headers } = await this.ask(actor, list, NOBODY, false);
    if (statusCode !== 200) throw refusal(payload, statusCode);
    const answer = /json/.test(String(headers['content-type'])) ? JSON.parse(payload) : null;
    if (!Array.isArray(answer) && !Array.isArray(answer?.items))
      throw unprocessable('no-list', 'This address gives something else than a list.', [
        { code: 'no-list', message: 'Not the address of a list.', pointer: '/list' },
      ]);
  }

  /** Begins to read a list as a file. @throws Problem as the API refuses it */
  async open(actor: Actor, list: string, format: Format, heard = NOBODY): Promise<OpenList> {
    const url = new URL(list, 'http://host');
    url.searchParams.set('format', format);
    const answer = await this.ask(actor, `${url.pathname}${url.search}`, heard, true);
    const stream = answer.stream();
    if (
      answer.statusCode !== 200 ||
      !String(answer.headers['content-type']).startsWith(FORMATS[format].mediaType)
    )
      throw refusal(await textOf(stream), answer.statusCode);
    const at = String(answer.headers['content-location'] ?? '');
    return { stream, asAt: new URL(at, 'http://host').searchParams.get('asAt') };
  }

  private ask(actor: Actor, url: string, heard: RowsHeard, payloadAsStream: boolean) {
    const server = this.host.httpAdapter.getInstance() as FastifyInstance;
    // What is to be done once is what was asked for from outside, and not that it looks at a list.
    const { idempotency: _, ...looking } = actor;
    // What `inject` gives begins only when it is awaited: that must happen with the asker around it.
    return inside.run(
      { actor: looking, heard },
      async () => await server.inject({ method: 'GET', url, payloadAsStream }),
    );
  }
}

async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const piece of stream) text += piece;
  return text;
}

function refusal(text: string, status: number): Error {
  try {
    const { title, detail, code, errors } = JSON.parse(text) as ProblemDetails;
    if (typeof code === 'string')
      return new Problem({ status, title, detail, code, ...(errors ? { errors } : {}) });
  } catch {
    // Falls through: it is no refusal of the API's.
  }
  return new Error(`The list answered ${status}`);
}
