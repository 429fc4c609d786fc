import type { Socket } from 'node:net';
import { titleOf } from '../core/problems.js';

const MEANINGS: Record<string, { status: number; code: string; detail: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers-too-large',
    detail: 'The address and the headers together are larger than 16 kB.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request-too-slow',
    detail: 'The request did not arrive in time.',
  },
};

/** Answers bytes that are no request that HTTP knows, and closes the connection. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, detail } = MEANINGS[error.code ?? ''] ?? {
    status: 400,
    code: 'http-unreadable',
    detail: 'This is not a request as HTTP describes it.',
  };
  const title = titleOf(status);
  const body = JSON.stringify({ type: `urn:exemplar:problem:${code}`, status, title, detail, code });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
