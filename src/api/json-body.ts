import type { FastifyInstance } from 'fastify';
import { malformed } from '../core/problems.js';
import { MAX_DEPTH, nestsTooDeep, textFault, textFaults } from '../core/text.js';

/** Largest JSON body, in bytes. */
export const MAX_JSON_BYTES = 256 * 1024;
/** Largest definition file, in bytes. */
export const MAX_YAML_BYTES = 1024 * 1024;

/** Reads JSON and YAML bodies, and refuses what must not come in: deep nesting, NUL, lone surrogates, NHS numbers. */
export function readBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string', bodyLimit: MAX_JSON_BYTES },
    (request, text, done) => {
      const json = text as string;
      if (nestsTooDeep(json)) {
        done(malformed('nested-too-deep', `The body nests more than ${MAX_DEPTH} levels deep.`));
        return;
      }
      parse.call(server, request, json, (error, body) => {
        if (error) {
          done(json.trim() === '' ? malformed('body-missing', 'This needs a JSON body.') : notJson(error));
          return;
        }
        const faults = textFaults(body);
        if (faults.length > 0)
          done(malformed(faults[0]?.code ?? 'text', 'A text in the body cannot be taken.', faults));
        else done(null, body);
      });
    },
  );
  server.addContentTypeParser(
    ['application/yaml', 'text/yaml', 'application/x-yaml'],
    { parseAs: 'string', bodyLimit: MAX_YAML_BYTES },
    (_request, text, done) => {
      const fault = textFault(text as string, '');
      if (fault && fault.code !== 'nhs-number') done(malformed(fault.code, fault.message, [fault]));
      else done(null, text);
    },
  );
}

function notJson(error: Error): Error {
  const proto = /forbidden prototype property/i.test(error.message);
  return proto
    ? malformed('forbidden-key', 'The body may not have keys named __proto__ or constructor.')
    : malformed('json-unreadable', 'The body is not JSON.');
}
