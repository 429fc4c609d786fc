import type { FastifyInstance } from 'fastify';
import { BUILT_IN_PATH, type BuiltInProvider } from './built-in-provider.js';

/**
 * Lets the built-in provider answer under `/oidc`, where it is in use. It reads bodies itself, so in its own scope they
 * are passed through as they come.
 */
export function mountBuiltInProvider(server: FastifyInstance, provider: BuiltInProvider): void {
  if (!provider.available) return;
  // Not awaited: the server would be taken to be ready, and what is set on it later not be heeded.
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all(`${BUILT_IN_PATH}/*`, (request, reply) => {
      reply.hijack();
      provider.callback(request.raw, reply.raw).catch((error: Error) => {
        request.log.error({ err: error }, 'The built-in sign-in failed');
        reply.raw.destroy();
      });
    });
  });
}
