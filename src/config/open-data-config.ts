import type { Environment } from './environment.js';

/** How accepted figures are published. */
export interface OpenDataConfig {
  /** The publisher's prefix, as 360Giving registered it: `360G-…`. Undefined: nothing is published. */
  prefix: string | undefined;
  /** Whether the prefix stands in for one that is still to be registered; never so in production. */
  placeholder: boolean;
  /** The address of the licence. */
  licence: string;
}

/** What stands for a prefix in a demonstration: 360Giving registered it for nobody. */
const PLACEHOLDER = '360G-not-registered';
const OPEN_GOVERNMENT_LICENCE = 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/';

/** Reads what the environment says of open data, and adds what is wrong to its faults. */
export function readOpenData(env: Environment, production: boolean): OpenDataConfig {
  const prefix = env.text('OPEN_DATA_PREFIX');
  const licence = env.text('OPEN_DATA_LICENCE') ?? OPEN_GOVERNMENT_LICENCE;
  if (prefix !== undefined && !/^360G-[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(prefix))
    env.faults.push(
      `OPEN_DATA_PREFIX is "${prefix}"; it must be the prefix that 360Giving registered for the publisher, such as 360G-example.`,
    );
  if (prefix === PLACEHOLDER && production)
    env.faults.push(
      `OPEN_DATA_PREFIX cannot be ${PLACEHOLDER} in production: 360Giving registers a prefix for you.`,
    );
  if (!URL.canParse(licence) || !/^https?:$/.test(new URL(licence).protocol))
    env.faults.push(`OPEN_DATA_LICENCE is "${licence}"; it must be the address of a licence.`);
  return {
    prefix: prefix ?? (production ? undefined : PLACEHOLDER),
    placeholder: prefix === undefined || prefix === PLACEHOLDER,
    licence,
  };
}
