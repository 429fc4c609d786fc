import { Body, Controller, Get, HttpException, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { Config } from '../../src/config/config.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { Problem } from '../../src/core/problems.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { ENTITIES } from '../../src/entities.js';
import { readBodies } from '../../src/http/json-body.js';
import { createLogger, NestLogger, RequestLog } from '../../src/http/logger.js';
import { BuiltInProvider } from '../../src/identity/built-in-provider.js';
import { CLEAR_SIGN_INS, ERASE_UNSEEN_PEOPLE } from '../../src/identity/identity.jobs.js';
import { IdentityModule } from '../../src/identity/identity.module.js';
import { Sessions } from '../../src/identity/sessions.js';
import { SignInService } from '../../src/identity/sign-in.service.js';
import { QueueModule } from '../../src/queue/queue.module.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export const SESSION = 'session';
export const ATTEMPT = 'attempt';

const cookie = (request: FastifyRequest, name: string): string | undefined =>
  new RegExp(`(?:^|; )${name}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1];

/** The least that leads through a sign-in: no words, and answers in JSON. */
@Controller()
class SignInPages {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: Sessions,
    private readonly builtIn: BuiltInProvider,
  ) {}

  @Get('sign-in')
  async begin(@Query('to') to: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { address, attemptToken } = await this.signIn.begin(to, String(request.id));
    return reply.header('set-cookie', `${ATTEMPT}=${attemptToken}; Path=/`).redirect(address, 303);
  }

  @Get('sign-in/callback')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { sessionToken, returnTo } = await this.signIn.finish({
      currentUrl: request.url,
      attemptToken: cookie(request, ATTEMPT),
      formerToken: cookie(request, SESSION),
      requestId: String(request.id),
    });
    return reply.header('set-cookie', `${SESSION}=${sessionToken}; Path=/`).redirect(returnTo, 303);
  }

  @Get('sign-in/people/:uid')
  people(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.builtIn.people(request.raw, reply.raw);
  }

  @Post('sign-in/people/:uid')
  async choose(
    @Param('uid') _uid: string,
    @Body() { person }: { person: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return reply.redirect(await this.builtIn.finish(request.raw, reply.raw, person), 303);
  }

  @Get('me')
  async me(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const answer = await this.sessions.actorOf(cookie(request, SESSION), String(request.id));
    const rotated = answer.state === 'signed-in' ? answer.session.rotatedToken : null;
    if (rotated) reply.header('set-cookie', `${SESSION}=${rotated}; Path=/`);
    return reply.send(answer);
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return reply.redirect(await this.signIn.signOut(cookie(request, SESSION), String(request.id)), 303);
  }
}

@Module({})
class SignInAlone {}

/** Sign-in alone, with the real services over HTTP, on a database of its own. */
export interface SignInApp {
  app: NestFastifyApplication;
  database: TestDatabase;
  config: Config;
  base: string;
  /** Lines that the program logged, at every level. */
  lines: string[];
  stop(): Promise<void>;
}

/** @param port on which it listens; its address is `http://127.0.0.1:<port>` */
export async function startSignInApp(env: Record<string, string>, port: number): Promise<SignInApp> {
  const database = await createTestDatabase();
  const config = new Config({ DATABASE_POOL: '5', LOG_LEVEL: 'trace', ...env });
  const logger = createLogger('trace');
  const lines: string[] = [];
  Object.assign(logger, { [pino.symbols.streamSym]: { write: (line: string) => lines.push(line) } });
  const module = {
    module: SignInAlone,
    imports: [
      ConfigModule.with(config),
      DatabaseModule.with({ url: database.url, poolSize: 5, readPoolSize: 4, entities: ENTITIES }),
      QueueModule.with({ jobs: [CLEAR_SIGN_INS, ERASE_UNSEEN_PEOPLE], work: false, schedule: [] }),
      IdentityModule,
    ],
    controllers: [SignInPages],
  };
  const adapter = new FastifyAdapter({ loggerInstance: logger, logController: new RequestLog() });
  const options = { bodyParser: false, abortOnError: false, logger: new NestLogger(logger) };
  const app = await NestFactory.create<NestFastifyApplication>(module as never, adapter, options);
  readBodies(app.getHttpAdapter().getInstance() as unknown as FastifyInstance);
  app.useGlobalFilters({
    catch: (error: Error, host) => {
      if (!(error instanceof Problem)) lines.push(String(error.stack));
      const status = error instanceof HttpException ? error.getStatus() : 500;
      const details = error instanceof Problem ? error.details : { status, detail: error.message };
      host.switchToHttp().getResponse<FastifyReply>().status(details.status).send(details);
    },
  });
  await app.listen(port, '127.0.0.1');
  return {
    ...{ app, database, config, lines, base: `http://127.0.0.1:${port}` },
    async stop() {
      await app.close();
      await database.drop();
    },
  };
}
