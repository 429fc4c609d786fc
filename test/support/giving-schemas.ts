import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { PACKAGE_SCHEMA } from '../../src/open-data/published.schema.js';

/** A field as 360Giving's schema describes it; only what tests look at. */
export interface GivingSchema {
  title?: string;
  type?: string | string[];
  $ref?: string;
  items?: GivingSchema;
  properties?: Record<string, GivingSchema>;
  required?: string[];
  $defs?: Record<string, GivingSchema>;
  oneOf?: Array<{ required?: string[] }>;
}

/** 360Giving's schemas as they are pinned: 1.4.3, whose package refers to the grants of 1.4.2. */
export interface GivingSchemas {
  package: GivingSchema;
  grant: GivingSchema;
  /** What the standard finds wrong with a package: nothing where it is as it must be. */
  faults(published: unknown): string[];
}

const FILES = ['360-giving-package-schema.json', '360-giving-schema.json'] as const;
const REFERRED =
  'https://raw.githubusercontent.com/ThreeSixtyGiving/standard/1.4.2/schema/360-giving-schema.json';

/** The schemas, from GIVING_SCHEMAS or a folder shared/360giving beside the project or above; undefined where there is none. */
export function givingSchemas(): GivingSchemas | undefined {
  const folder = [process.env.GIVING_SCHEMAS ?? '', ...above(dirname(fileURLToPath(import.meta.url)))].find(
    (each) => each !== '' && existsSync(join(each, FILES[0])),
  );
  if (folder === undefined) return undefined;
  const [pack, grant] = FILES.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const ajv = checker();
  // Their drafts are named by an address that no validator knows.
  for (const schema of [pack, grant]) delete schema.$schema;
  ajv.addSchema({ ...grant, $id: REFERRED });
  return { package: pack, grant, faults: faultsOf(ajv.compile(pack)) };
}

/** What our own schema, from which the dictionary is made, finds wrong with a package. */
export const ownFaults = (published: unknown): string[] => faultsOf(OWN)(published);

const checker = (): Ajv2020 => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  return ajv;
};
const OWN = checker().compile(PACKAGE_SCHEMA);

const faultsOf = (validate: ValidateFunction) => (published: unknown) => {
  validate(published);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

function above(folder: string): string[] {
  const parent = dirname(folder);
  return [join(folder, 'shared/360giving'), ...(parent === folder ? [] : above(parent))];
}
