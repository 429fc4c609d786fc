import { londonDay } from '../core/calendar.js';
import { type Accepted, type AcceptedGrant, grantOf, orgId } from './grant.rules.js';
import type { Grant, PackageHead } from './grant.types.js';

/** The page of open data, and the folder of its files. */
const PAGE = '/open-data';

/** Who publishes, under which licence, and where. */
export interface Publisher {
  /** As 360Giving registered it. */
  prefix: string;
  /** The licence's own address. */
  licence: string;
  /** This server, as browsers reach it. */
  origin: string;
}

/** The grants as they are published, which name the page that says what they are. */
export const grantsOf = (rows: readonly AcceptedGrant[], { prefix, origin }: Publisher): Grant[] =>
  rows.map((row) => grantOf(row, { prefix, dataSource: `${origin}${PAGE}` }));

/**
 * The package of grants, of one programme or of all (360Giving 1.4), before the grants themselves. It says the same for
 * as long as its grants do, so that a copy can be told from a newer one.
 * @param together what its grants are: there is one at least, because the standard knows no package without
 * @param slug the one programme; null for all
 */
export function packageOf(
  { programmes, funders, inAll, madeUp, changedAt }: Accepted,
  slug: string | null,
  { prefix, licence, origin }: Publisher,
): PackageHead {
  const path = slug === null ? PAGE : `${PAGE}/${slug}`;
  const names = new Set(programmes.map(({ name }) => name));
  const [funder, ...others] = funders;
  return {
    version: '1.4',
    title: `${madeUp > 0 ? 'Illustrative: ' : ''}Grants of ${[...names].join(', ')}`,
    description: [
      'Grants under agreements that are or were in force, with what was paid and what came back. What is drafted, claimed, scheduled or in dispute is not in it.',
      ...(madeUp > 0 ? [`${madeUp} of ${inAll} are illustrative: made up to show how this works.`] : []),
    ].join(' '),
    identifier: slug === null ? prefix : `${prefix}-${slug}`,
    issued: londonDay(new Date(changedAt)),
    modified: changedAt,
    ...(funder && others.length === 0
      ? { publisher: { identifier: orgId(funder.odsCode), name: funder.name } }
      : {}),
    license: licence,
    accessURL: `${origin}${PAGE}`,
    downloadURL: `${origin}${path}/360giving.json`,
  };
}
