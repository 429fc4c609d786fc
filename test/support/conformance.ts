import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Method } from './app.js';

/** What the description of the API says; only what tests look at. */
export interface Description {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: { schemas: Record<string, Schema>; securitySchemes: object };
}
export interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  parameters: Array<{ name: string; in: string; required: boolean; description?: string; schema?: Schema }>;
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}
export type Schema = { [keyword: string]: unknown } & {
  $ref?: string;
  properties?: Record<string, Schema>;
};

/** Routes that have no JSON to hold against a schema. */
export const NO_JSON = [
  'get /v1/audit/export',
  'get /v1/audit/verifier',
  'get /v1/benefit-evidence/{id}/content',
  'get /v1/blueprint-attachments/{id}/content',
  'get /v1/cost-evidence/{id}/content',
  'get /v1/assurance-documents/{id}/content',
  'get /v1/evidence/{id}/content',
  'get /v1/hazard-logs/{id}/content',
  'get /v1/exports/{id}/content',
  'get /v1/programmes/{slug}/definition',
  'get /v1/receipts/{id}/events',
  'post /v1/jobs/{id}/replay',
];

/** Holds answers against their description. */
export class Conformance {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly checks = new Map<Schema, ValidateFunction>();

  constructor(readonly description: Description) {
    (formats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    this.ajv.addFormat('binary', true);
    this.ajv.addSchema({ ...(closed(description) as object), $id: 'api' });
  }

  /** What is not as described in an answer's body: nothing where all is. */
  faults(method: Method, template: string, status: number, type: string, body: unknown): string[] {
    const operation = this.description.paths[template]?.[method];
    const schema = operation?.responses[status]?.content?.[type]?.schema;
    if (!operation?.responses[status]) return [`${status} is not described`];
    if (!schema) return body === '' || body === undefined ? [] : [`${type} is not described`];
    let check = this.checks.get(schema);
    if (!check) {
      check = this.ajv.compile(closed(pointedAtApi(schema)) as object);
      this.checks.set(schema, check);
    }
    if (check(body)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

/** Schemas that name their fields take no others. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const names = 'properties' in node && typeof node.properties === 'object' && 'type' in node;
  return names ? { additionalProperties: false, ...copy } : copy;
}

function pointedAtApi(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(pointedAtApi);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' ? `api${value as string}` : pointedAtApi(value),
    ]),
  );
}
