import type { ExecutionContext } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type Column, columnsOf, resolved, type Schema } from '../../exports/column.rules.js';
import { FORMAT_NAMES, FORMATS, MOST_XLSX_ROWS } from '../../exports/format.rules.js';

/** A list of the API, as the description of its answer has it. */
export interface ListDescription {
  /** What it is, in the words of the reference. */
  summary: string;
  columns: Column[];
  /** The most rows of a page; null where the list is given whole. */
  pageRows: number | null;
}

interface Operation {
  operationId?: string;
  summary?: string;
  parameters?: Array<{ name: string; in: string; schema?: { maximum?: number; [keyword: string]: unknown } }>;
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

/** The name of a handler's operation. */
export const operationIdOf = (controller: string, method: string): string =>
  `${controller.replace(/Controller$/, '')}.${method}`;

/** Which handlers answer lists, and the columns of each: read out of the description of the API, which tests hold answers to. */
export class ListDescriptions {
  private lists: Map<string, ListDescription> | undefined;

  /** @param describe makes the description; it is called once, for the first file */
  constructor(private readonly describe: () => OpenAPIObject) {}

  /** The list that a handler answers; undefined where it answers something else. */
  of(context: ExecutionContext): ListDescription | undefined {
    this.lists ??= listsIn(this.describe());
    return this.lists.get(operationIdOf(context.getClass().name, context.getHandler().name));
  }
}

/** The description with what each list can be had as. */
export function offerFiles(document: OpenAPIObject): OpenAPIObject {
  const lists = listsIn(document);
  for (const { get } of Object.values(document.paths)) {
    const operation = get as unknown as Operation | undefined;
    if (!operation || !lists.has(operation.operationId ?? '')) continue;
    operation.parameters = [...(operation.parameters ?? []), ...FILE_PARAMETERS];
    const { content = {} } = operation.responses[200] ?? {};
    for (const format of FORMAT_NAMES)
      content[FORMATS[format].mediaType] = {
        schema: { type: 'string', ...(format === 'xlsx' ? { format: 'binary' } : {}) },
      };
  }
  return document;
}

const FILE_PARAMETERS = [
  {
    name: 'format',
    in: 'query',
    required: false,
    description: `The whole list as a file (with a limit: that page of it). A workbook has at most ${MOST_XLSX_ROWS} rows.`,
    schema: { type: 'string', enum: [...FORMAT_NAMES] },
  },
  {
    name: 'skip',
    in: 'query',
    required: false,
    description:
      'Of a CSV or NDJSON file: rows, from the first, that you have already. It goes on after them.',
    schema: { type: 'integer', minimum: 0 },
  },
];

function listsIn({ paths, components }: OpenAPIObject): Map<string, ListDescription> {
  const schemas = (components?.schemas ?? {}) as Record<string, Schema>;
  const operations = Object.values(paths).flatMap(({ get }) => (get ? [get as unknown as Operation] : []));
  return new Map(
    operations.flatMap((operation) => {
      const row = rowOf(operation, schemas);
      if (!row || !operation.operationId) return [];
      const { summary = '', parameters = [] } = operation;
      const takes = (name: string) => parameters.find((each) => each.in === 'query' && each.name === name);
      const pageRows = takes('after') ? (takes('limit')?.schema?.maximum ?? null) : null;
      return [[operation.operationId, { summary, columns: columnsOf(row, schemas), pageRows }]];
    }),
  );
}

/** What a row of the list is that an operation answers: as `items`, or as the answer itself. */
function rowOf({ responses }: Operation, schemas: Record<string, Schema>): Schema | undefined {
  const answer = responses[200]?.content?.['application/json']?.schema;
  if (!answer) return undefined;
  const whole = resolved(answer, schemas);
  const list = whole.type === 'array' ? whole : resolved(whole.properties?.items ?? {}, schemas);
  return list.type === 'array' ? list.items : undefined;
}
