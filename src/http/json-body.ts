import type { FastifyInstance, FastifyRequest } from 'fastify';
import { malformed, type Problem, unsupportedMediaType } from '../core/problems.js';
import { MAX_DEPTH, nameTwice, nestsTooDeep, textFault, textFaults } from '../core/text.js';

/** Largest JSON body, in bytes. */
export const MAX_JSON_BYTES = 256 * 1024;
/** Largest definition file, in bytes. */
export const MAX_YAML_BYTES = 1024 * 1024;

/** What a route's configuration says of its body; a route that says nothing reads JSON. */
export const READS_YAML = { body: 'yaml' } as const;

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

/**
 * Reads JSON, YAML and forms, and refuses what must not come in: other characters than UTF-8, deep nesting, names that
 * stand twice, NUL, lone surrogates, NHS numbers.
 */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/merge-patch+json', 'application/csp-report'],
    { parseAs: 'buffer', bodyLimit: MAX_JSON_BYTES },
    async (request: FastifyRequest, bytes: Buffer) => {
      if (readsYaml(request)) throw otherType('application/yaml');
      return jsonIn(textOf(request, bytes));
    },
  );
  server.addContentTypeParser(
    ['application/yaml', 'text/yaml', 'application/x-yaml'],
    { parseAs: 'buffer', bodyLimit: MAX_YAML_BYTES },
    async (request: FastifyRequest, bytes: Buffer) => {
      if (!readsYaml(request)) throw otherType('application/json');
      const text = textOf(request, bytes);
      const fault = textFault(text, '');
      // An NHS number is for the definition's reader to find, which can say in which line it is.
      if (fault && fault.code !== 'nhs-number') throw malformed(fault.code, fault.message, [fault]);
      return text;
    },
  );
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: MAX_JSON_BYTES },
    async (request: FastifyRequest, bytes: Buffer) => {
      if (request.url.startsWith('/v1/')) throw otherType('application/json');
      return typedIn(textOf(request, bytes));
    },
  );
}

/** The fields of a form: the text of each, or a list where a name came more than once. */
function typedIn(text: string): Record<string, string | string[]> {
  const fields = new URLSearchParams(text);
  const names = [...new Set(fields.keys())].filter((name) => name !== '__proto__');
  return Object.fromEntries(
    names.map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] as string) : values];
    }),
  );
}

function readsYaml(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { body?: string }).body === READS_YAML.body;
}

function otherType(wanted: string): Problem {
  return unsupportedMediaType(`Send the body as ${wanted}, with that Content-Type.`);
}

function textOf(request: FastifyRequest, bytes: Buffer): string {
  const charset = CHARSET.exec(request.headers['content-type'] ?? '')?.[1]?.toLowerCase();
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset))
    throw unsupportedMediaType('Send the body in UTF-8.');
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw malformed('not-utf-8', 'The body holds bytes that are not UTF-8.');
  }
}

function jsonIn(json: string): unknown {
  if (json.trim() === '') throw malformed('body-missing', 'This needs a JSON body.');
  if (nestsTooDeep(json))
    throw malformed('nested-too-deep', `The body nests more than ${MAX_DEPTH} levels deep.`);
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    throw malformed('json-unreadable', 'The body is not JSON.');
  }
  const twice = nameTwice(json);
  if (twice !== undefined)
    throw malformed('name-twice', 'A field is in the body twice. Send each once.', [
      { code: 'name-twice', message: 'This field is here twice. Take one out.', pointer: twice },
    ]);
  const faults = textFaults(body);
  if (faults.length > 0)
    throw malformed(faults[0]?.code ?? 'text', 'A text in the body cannot be taken.', faults);
  return body;
}
