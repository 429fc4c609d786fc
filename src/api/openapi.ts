import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { AS_AT } from '../http/access.js';
import { offerFiles, operationIdOf } from './exports/list-descriptions.js';
import { ProblemView } from './problem.view.js';

const ABOUT = `Exemplar is the system of record of a publicly funded programme.

**Who you are.** Send an API key as \`Authorization: Bearer exm_…\`.

**Changing things.** A POST carries an \`Idempotency-Key\`: sent again with the same body it answers as it did the first time and does nothing more. A change of an existing thing carries the ETag that you read, in \`If-Match\`: 412 says that somebody changed it since, 428 that you did not say.

**Lists** come in pages: \`limit\` and \`after\`, with the next page in the \`Link\` header. Every list can be had whole as a file: \`format=csv\`, \`ndjson\` or \`xlsx\`, or the same by \`Accept\`. All its rows are of one moment, which \`Content-Location\` names; asked there with \`skip\`, a download that broke off goes on after the rows that arrived whole.

**Money** is whole pence. **Days** are YYYY-MM-DD. A figure is never a percentage without its parts.

**The past.** Every GET can be asked \`asAt\` a moment (\`2018-03-31T00:00:00Z\`) or the end of a day in London (\`2018-03-31\`): it answers as it would have answered then, out of the log. What is no part of the record, such as jobs, has no past and says so.

**Refusals** are \`application/problem+json\` (RFC 9457) with a \`code\`, and \`errors\` (what was wrong with the request, and where) or \`blockers\` (why the thing cannot happen now, and what would clear it).

What is \`illustrative\` was made up to show how the system works.`;

/** The description of the API, made from the code. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Exemplar')
    .setDescription(ABOUT)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'exm_…' }, 'key')
    .addSecurityRequirements('key')
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    extraModels: [ProblemView],
    operationIdFactory: operationIdOf,
  });
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item as Record<string, Operation>))
      complete(path, method, operation);
  return offerFiles(withNullTypes(document) as OpenAPIObject);
}

interface Operation {
  parameters?: object[];
  responses: Record<string, unknown>;
}

const header = (name: string, description: string, example: string, required: boolean): object => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', example },
});

const AS_AT_PARAMETER = {
  name: AS_AT,
  in: 'query',
  required: false,
  description: 'The moment to answer as at, or the day, taken at its end in London. Left out: now.',
  schema: {
    anyOf: [
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date' },
    ],
    example: '2018-03-31T00:00:00Z',
  },
};

/** What every operation has in common, so that no controller needs to say it. */
function complete(path: string, method: string, operation: Operation): void {
  const parameters = operation.parameters ?? [];
  if (method === 'get' && path.startsWith('/v1/')) parameters.push(AS_AT_PARAMETER);
  if (method === 'post')
    parameters.push(
      header(
        'Idempotency-Key',
        'New for each new thing that you do.',
        '0192f3a4-7c1e-7000-8000-5f0c3b1d2e4a',
        true,
      ),
    );
  operation.parameters = parameters;
  operation.responses.default = {
    description: 'A refusal, with its reasons.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemView' } } },
  };
}

/** OpenAPI 3.1 says `null` in the type, where 3.0 had a word of its own. */
function withNullTypes(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withNullTypes);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = node as Record<string, unknown>;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withNullTypes(value)]));
  if (nullable !== true) return nullable === undefined ? copy : { ...copy, nullable };
  if (typeof copy.type === 'string') {
    const withNull = { ...copy, type: [copy.type, 'null'] };
    return Array.isArray(copy.enum) ? { ...withNull, enum: [...copy.enum, null] } : withNull;
  }
  return { anyOf: [copy, { type: 'null' }] };
}

/** Serves /openapi.json and, for people, /docs. */
export function serveReference(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.addHook('onRequest', async (request, reply) => {
    if (request.url === '/docs' || request.url.startsWith('/docs/'))
      reply.header(
        'Content-Security-Policy',
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'",
      );
  });
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Exemplar: API reference',
    swaggerOptions: { docExpansion: 'list', defaultModelsExpandDepth: 0, tagsSorter: 'alpha' },
  });
}
