import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AuditReadsService, isWatched } from '../auditing/reads/audit-reads.service.js';
import { unavailable } from '../core/problems.js';
import type { ActingRequest } from './access.js';

const LOOKS = ['GET', 'HEAD'];

/**
 * Records whatever an auditor is answered, before it leaves: what cannot be recorded is not answered. What is public
 * and has no reader, such as style sheets, the reference and the way to sign in, is not theirs to be recorded.
 */
export function recordAuditReads(server: FastifyInstance, reads: () => AuditReadsService): void {
  server.addHook('onRequest', async (request: ActingRequest) => {
    request.noteRead = (status) => note(request, status, reads());
  });
  server.addHook('onSend', async (request: ActingRequest, reply, payload) => {
    try {
      await request.noteRead?.(reply.statusCode);
      return payload;
    } catch (error) {
      request.log.error({ err: error }, 'a reading by an auditor could not be recorded');
      (payload as { destroy?: () => void } | null)?.destroy?.();
      return notAnswered(request, reply);
    }
  });
}

async function note(request: ActingRequest, status: number, reads: AuditReadsService): Promise<void> {
  const { actor, method, url, past } = request;
  if (!actor || !isWatched(actor) || !LOOKS.includes(method) || url.startsWith('/sign-')) return;
  const route = request.routeOptions.url ?? null;
  const params = (request.params ?? {}) as Record<string, unknown>;
  await reads.record(actor, { method, url, route, params, past, status });
}

function notAnswered(request: FastifyRequest, reply: FastifyReply): string {
  const { details } = unavailable(
    'What auditors look at is recorded before it is shown, and that is not possible at the moment. Try again in a moment.',
  );
  for (const header of ['content-length', 'content-disposition', 'etag', 'link']) reply.removeHeader(header);
  reply.code(503).header('Retry-After', '5').type('application/problem+json; charset=utf-8');
  return JSON.stringify({
    type: `urn:exemplar:problem:${details.code}`,
    ...details,
    instance: `urn:request:${request.id}`,
  });
}
