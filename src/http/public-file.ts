import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { madeFile, type Pieces } from '../storage/made-file.js';

/** A file for anybody, made for the answer. */
export interface PublicFile {
  pieces: Pieces;
  /** Without its charset, which is UTF-8. */
  mediaType: string;
  /** When what it holds last changed, where that is known. */
  modifiedAt?: string;
  /** The address of its licence. */
  licence?: string;
  /** Its name, where a browser is to save it. */
  fileName?: string;
}

/**
 * Answers with a public file: readable from any website, kept by whoever likes for five minutes, and told from a
 * newer one by its ETag or its date (RFC 9110, section 13). It is made whole before any of it is sent, on the disk and
 * not in memory: so its tag is known, what cannot be made is refused, and a slow client holds nothing but the file.
 * @returns nothing where the caller's copy is still good, 304, or the caller has gone
 * @throws Problem 503 where there is no room to make it; whatever its pieces throw
 */
export async function answerPublicFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { pieces, mediaType, modifiedAt, licence, fileName }: PublicFile,
): Promise<StreamableFile | undefined> {
  const made = await madeFile(pieces, () => !reply.raw.destroyed);
  if (!made) return undefined;
  const etag = `"${made.sha256.toString('base64url').slice(0, 27)}"`;
  const modified = modifiedAt === undefined ? undefined : new Date(modifiedAt);
  reply
    .header('ETag', etag)
    .header('Cache-Control', 'public, max-age=300')
    .header('Access-Control-Allow-Origin', '*')
    .header('Access-Control-Expose-Headers', 'ETag, Last-Modified, Link')
    .header('Cross-Origin-Resource-Policy', 'cross-origin');
  if (modified) reply.header('Last-Modified', modified.toUTCString());
  if (licence) reply.header('Link', `<${licence}>; rel="license"`);
  if (isFresh(request.headers, etag, modified)) {
    await made.close();
    reply.status(304);
    return undefined;
  }
  reply.header('Content-Type', `${mediaType}; charset=utf-8`);
  if (fileName) reply.header('Content-Disposition', `attachment; filename="${fileName}"`);
  return new StreamableFile(made.stream(), { length: made.sizeBytes });
}

/** Whether a caller's copy is the one that there is: by its tag or, where none was sent, by its date. */
export function isFresh(
  headers: { 'if-none-match'?: string | undefined; 'if-modified-since'?: string | undefined },
  etag: string,
  modified?: Date,
): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined)
    return tags
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''))
      .some((tag) => tag === '*' || tag === etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  // Dates of HTTP are whole seconds.
  return modified !== undefined && Math.floor(modified.getTime() / 1000) * 1000 <= since;
}
