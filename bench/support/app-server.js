// A process with the whole application, as in production but for the rate limit: logs at info, to nowhere.
import 'reflect-metadata';
import { AppModule } from '../../dist/app.module.js';
import { Config } from '../../dist/config/config.js';
import { createHttpServer } from '../../dist/http-server.js';
import { serve } from './processes.js';

serve(async ({ url, poolSize, today }) => {
  const config = new Config({
    DEMONSTRATION: 'false',
    RATE_LIMIT_PER_MINUTE: '1000000',
    DATABASE_READ_POOL: String(poolSize),
    EXEMPLAR_TODAY: today,
  });
  const app = await createHttpServer(AppModule.with({ config, databaseUrl: url, work: false }), config);
  await app.listen(0, '127.0.0.1');
  process.once('SIGTERM', () => app.close().then(() => process.exit()));
  return { port: app.getHttpServer().address().port };
});
