import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Filling, fillings } from './filling.js';

/** A path of this server, and no other's. */
const LOCAL = /^\/(?![/\\])/;

/** Shows a page once more, with what was typed into its form. */
@Injectable()
export class PageAgain {
  constructor(private readonly host: HttpAdapterHost) {}

  /**
   * Answers with the page at a path, as its reader would see it, filled in.
   * @param status of the answer
   * @returns the page's HTML, its headers set; undefined where there is no such page for them
   */
  async html(
    path: unknown,
    filling: Filling,
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
  ): Promise<string | undefined> {
    if (typeof path !== 'string' || !LOCAL.test(path)) return undefined;
    const server = this.host.httpAdapter.getInstance() as FastifyInstance;
    const headers = { cookie: request.headers.cookie ?? '', accept: 'text/html' };
    // What `inject` gives begins only when it is awaited: that must happen with the filling around it.
    const answer = await fillings.run(
      filling,
      async () => await server.inject({ method: 'GET', url: path, headers }),
    );
    const type = String(answer.headers['content-type']);
    if (answer.statusCode !== 200 || !type.startsWith('text/html')) return undefined;
    reply
      .status(status)
      .header('Content-Type', type)
      .header('Content-Security-Policy', String(answer.headers['content-security-policy']));
    return answer.payload;
  }
}
