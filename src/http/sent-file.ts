import type { Readable } from 'node:stream';
import {
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { malformed, Problem } from '../core/problems.js';
import type { EvidenceUpload } from '../storage/evidence-files.js';

/** The file of a multipart request, with what was said of it in fields before it. */
export type SentFile<Field extends string> = Omit<EvidenceUpload, 'description' | 'illustrative'> &
  Record<Field, string>;

/**
 * Works with evidence: the field `description` comes before the file.
 * @param more names of fields that come before it too
 * @throws Problem as `withSentFile` does
 */
export function withUpload<T, Field extends string = never>(
  request: FastifyRequest,
  work: (upload: EvidenceUpload & Record<Field, string>) => Promise<T>,
  more: readonly Field[] = [],
): Promise<T> {
  return withSentFile<T, 'description' | Field>(request, ['description', ...more], work);
}

/**
 * Works with the file of a multipart request: its part is named `file`, and the fields come before it.
 * @param fields their names; each is given as '' where it was not sent
 * @throws Problem 400 where the body is not that; what the framework throws where it is no multipart at all
 */
export async function withSentFile<T, Field extends string>(
  request: FastifyRequest,
  fields: readonly Field[],
  work: (upload: SentFile<Field>) => Promise<T>,
): Promise<T> {
  const part = await firstFile(request, fields);
  try {
    const unknown = Object.keys(part.fields).find(
      (name) => !(fields as readonly string[]).includes(name) && part.fields[name] !== part,
    );
    if (part.fieldname !== 'file' || unknown !== undefined)
      throw unreadable(
        'unknown-field',
        `${unknown ?? part.fieldname} is not a field of this`,
        unknown ?? '',
        fields,
      );
    const { file, filename: fileName = '', mimetype: declaredType = '' } = part;
    const said = Object.fromEntries(fields.map((name) => [name, textOf(part.fields[name])]));
    return await work({ file, fileName, declaredType, ...said } as SentFile<Field>);
  } finally {
    // What is left of the body is read and dropped, so that the sender can hear the answer.
    part.file.resume();
    request.raw.resume();
  }
}

type FilePart = NonNullable<Awaited<ReturnType<FastifyRequest['file']>>>;

async function firstFile(request: FastifyRequest, fields: readonly string[]): Promise<FilePart> {
  let part: FilePart | undefined;
  try {
    part = await request.file();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== undefined || error instanceof Problem) throw error;
    throw unreadable(
      'multipart-unreadable',
      'The body is not the multipart/form-data that its header says',
      '',
      fields,
    );
  }
  if (!part) throw unreadable('file-missing', 'There is no file', 'file', fields);
  return part;
}

function unreadable(code: string, what: string, name: string, fields: readonly string[]): Problem {
  const before =
    fields.length > 1
      ? `the fields ${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}, and after them`
      : `the field ${fields[0]} and, after it,`;
  const message = `${what}. Send multipart/form-data with ${before} the file as file.`;
  return malformed(code, message, [{ code, message, pointer: `/${name}` }]);
}

/** The text of a field; of one that was sent twice or as something else, none. */
function textOf(field: FilePart['fields'][string]): string {
  const value = field && !Array.isArray(field) && field.type === 'field' ? field.value : '';
  return typeof value === 'string' ? value : '';
}

/** What a browser may be told of a file's kind; it could run any other. */
const TOLD: readonly string[] = ['application/pdf', 'image/png', 'image/jpeg'];

/** A file that a handler gives out, with what is told of it. */
export interface FileSentOut {
  file: { fileName: string; mediaType: string; sizeBytes: number; sha256: string };
  stream: Readable;
}

/** The handler answers with a `FileSentOut`, which is sent as a download. */
export const SendsFile = (): MethodDecorator => UseInterceptors(FileSender);

class FileSender implements NestInterceptor<FileSentOut, StreamableFile> {
  intercept(context: ExecutionContext, next: CallHandler<FileSentOut>): Observable<StreamableFile> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((sent) => download(reply, sent)));
  }
}

/** Never shown in place, never guessed at, with its digest (RFC 9530). */
function download(reply: FastifyReply, { file, stream }: FileSentOut): StreamableFile {
  reply.header('X-Content-Type-Options', 'nosniff');
  reply.header('Content-Security-Policy', "default-src 'none'; sandbox");
  reply.header('Repr-Digest', `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`);
  return new StreamableFile(stream, {
    type: TOLD.includes(file.mediaType) ? file.mediaType : 'application/octet-stream',
    disposition: `attachment; ${namedAs(file.fileName)}`,
    length: file.sizeBytes,
  });
}

/** The file's name for programs that read ASCII only, and for all others (RFC 6266). */
function namedAs(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}
