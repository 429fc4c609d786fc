import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../core/actor.js';
import { Problem, titleOf } from '../core/problems.js';
import { type ByteRange, rangeIn } from '../exports/export.rules.js';
import type { ExportService } from '../exports/export.service.js';
import { FORMATS, type Format, fileNameOf } from '../exports/format.rules.js';

/**
 * Sends the file of an export, or the part of it that is asked for.
 * @throws Problem 404; 409 while it is not ready; 410 when its time is over; 416 where it has no such part
 */
export async function sendExport(
  service: ExportService,
  actor: Actor,
  id: string,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<StreamableFile> {
  const file = await service.ready(actor, id);
  const { bytes: size, sha256, format, list } = file;
  const etag = `"${sha256}"`;
  const range = rangeIn(headers.range, String(headers['if-range'] ?? etag), { size, etag });
  reply.header('Accept-Ranges', 'bytes');
  if (range === 'none') throw noSuchPart(reply, size);
  const part = range ?? { from: 0, to: size - 1 };
  const stream = await service.open(file);
  if (range) reply.status(206).header('Content-Range', `bytes ${part.from}-${part.to}/${size}`);
  reply
    .header('ETag', etag)
    .header('X-Content-Type-Options', 'nosniff')
    .header('Repr-Digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
  const { pathname } = new URL(list, 'http://host');
  return new StreamableFile(range ? Readable.from(partOf(stream, part), { objectMode: false }) : stream, {
    type: FORMATS[format].sent,
    disposition: `attachment; filename="${fileNameOf(pathname, format)}"`,
    length: part.to - part.from + 1,
  });
}

/** Sends a list as a file, as its API does. @throws Problem as the list itself refuses */
export async function sendList(
  service: ExportService,
  actor: Actor,
  { list, format }: { list: string; format: Format },
  reply: FastifyReply,
): Promise<StreamableFile> {
  const stream = await service.now(actor, list, format);
  reply.header('X-Content-Type-Options', 'nosniff');
  return new StreamableFile(stream, {
    type: FORMATS[format].sent,
    disposition: `attachment; filename="${fileNameOf(new URL(list, 'http://host').pathname, format)}"`,
  });
}

function noSuchPart(reply: FastifyReply, size: number): Problem {
  reply.header('Content-Range', `bytes */${size}`);
  return new Problem({
    status: 416,
    code: 'no-such-part',
    title: titleOf(416),
    detail: `The file has ${size} bytes, and none where Range asks for some.`,
  });
}

/** The bytes of a part; what stands before it is read and dropped, because not every storage can begin in the middle. */
async function* partOf(stream: Readable, { from, to }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    const wanted = piece.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
    at += piece.length;
    if (wanted.length > 0) yield wanted;
    if (at > to) return;
  }
}
