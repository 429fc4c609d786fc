import { londonDay } from '../core/calendar.js';
import { type AcceptedGrant, grantOf, isIllustrative, orgId } from './grant.rules.js';
import type { Grant, GrantPackage } from './grant.types.js';

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
 * The package of grants, of one programme or of all (360Giving 1.4). It says the same for as long as its grants do, so
 * that a copy can be told from a newer one.
 * @param slug the one programme; null for all
 * @param rows at least one: the standard knows no package without a grant
 */
export function packageOf(
  rows: readonly AcceptedGrant[],
  slug: string | null,
  publisher: Publisher,
): GrantPackage {
  const { prefix, licence, origin } = publisher;
  const path = slug === null ? PAGE : `${PAGE}/${slug}`;
  const funders = new Map(rows.map(({ funder }) => [funder.odsCode, funder.name]));
  const [[odsCode, name] = ['', '']] = [...funders];
  const modified = rows
    .map(({ changedAt }) => changedAt)
    .reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
  const madeUp = rows.filter(isIllustrative).length;
  const programmes = new Set(rows.map(({ programme }) => programme.name));
  return {
    version: '1.4',
    title: `${madeUp > 0 ? 'Illustrative: ' : ''}Grants of ${[...programmes].join(', ')}`,
    description: [
      'Grants under agreements that are or were in force, with what was paid and what came back. What is drafted, claimed, scheduled or in dispute is not in it.',
      ...(madeUp > 0
        ? [`${madeUp} of ${rows.length} are illustrative: made up to show how this works.`]
        : []),
    ].join(' '),
    identifier: slug === null ? prefix : `${prefix}-${slug}`,
    issued: londonDay(new Date(modified)),
    modified,
    ...(funders.size === 1 ? { publisher: { identifier: orgId(odsCode), name } } : {}),
    license: licence,
    accessURL: `${origin}${PAGE}`,
    downloadURL: `${origin}${path}/360giving.json`,
    grants: grantsOf(rows, publisher),
  };
}
