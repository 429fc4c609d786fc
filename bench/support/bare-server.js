// A process with node:http and pg and nothing else: no key, no checks, no headers of ours. The reader's settings are
// the connection's, so that each answer is one statement outside any transaction.
import { createServer } from 'node:http';
import pg from 'pg';
import { appPoolSettings } from '../../dist/database/connection.js';
import { ROUTES } from './plain-sql.js';
import { serve } from './processes.js';

serve(async ({ url, poolSize, today }) => {
  const settings = appPoolSettings(url, poolSize);
  const pool = new pg.Pool({ ...settings, options: `${settings.options} -c exemplar.reach=all` });
  const server = createServer(async (request, response) => {
    try {
      const { pathname, searchParams } = new URL(request.url, 'http://host');
      const [, , slug, noun] = pathname.slice(1).split('/');
      const json = await ROUTES[noun](pool, slug, searchParams, today);
      const headers = {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(json),
      };
      response.writeHead(200, headers).end(json);
    } catch (error) {
      response.writeHead(500).end(error.message);
    }
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  process.once('SIGTERM', () => process.exit());
  return { port: server.address().port };
});
