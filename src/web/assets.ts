import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { NHSUK_FOLDER, WEB_FOLDER } from './page/page.renderer.js';

const DAY_MS = 86_400_000;

/** Serves what pages are shown with: the design system's style, script and pictures, and our own. */
export async function serveAssets(server: FastifyInstance): Promise<void> {
  const nhsuk = join(NHSUK_FOLDER, 'dist/nhsuk');
  const options = { decorateReply: false, index: false, maxAge: DAY_MS } as const;
  await server.register(fastifyStatic, {
    ...options,
    root: nhsuk,
    prefix: '/assets/nhsuk/',
    allowedPath: (path) => /^\/nhsuk-frontend\.min\.(css|js)$/.test(path),
  });
  await server.register(fastifyStatic, {
    ...options,
    root: [join(WEB_FOLDER, 'assets'), join(nhsuk, 'assets')],
    prefix: '/assets/',
  });
}
