import type { Page as List } from '../../core/paging.js';
import type { ProgrammeView, RoleView } from '../../programmes/programme.queries.js';
import { nextAddress } from '../page/address.js';
import { words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, state, table, text } from '../page/table.js';
import { programmeTrail } from './programme.trail.js';
import { be } from './programme.words.js';

/**
 * The page of question 10, as far as it is recorded: who follows whom, how sure that is, and from where.
 * @param mayOpen whether the reader may open the page of the trust with this ODS code
 */
export function followersPage(
  programme: ProgrammeView,
  { items, next }: List<RoleView>,
  { named, confirmed }: { named: number; confirmed: number },
  mayOpen: (odsCode: string) => boolean,
): Page {
  return {
    view: 'programme/followers.njk',
    title: 'Followers: who takes up the blueprints',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      table<RoleView>({
        id: 'followers',
        caption: 'Who follows whom',
        rows: items,
        next: nextAddress(`/programmes/${programme.slug}/followers`, {}, next),
        columns: [
          text('Follower', ({ organisation }) => organisation.name, {
            note: ({ organisation }) => organisation.odsCode,
          }),
          text('Follows', ({ follows }) => follows?.name ?? null, {
            href: ({ follows }) =>
              follows && mayOpen(follows.odsCode)
                ? `/programmes/${programme.slug}/trusts/${follows.odsCode}`
                : null,
          }),
          state('Status', ({ status }) => ({
            words: words(status),
            colour: status === 'confirmed' ? 'green' : 'yellow',
          })),
          date('From', ({ from }) => from),
          date('To', ({ to }) => to),
          text(
            'Source',
            ({ sourced: { source, assumed } }) => source?.title ?? (assumed ? `Assumed: ${assumed}` : null),
            { note: ({ sourced: { source } }) => source?.reference ?? null },
          ),
        ],
        empty: 'No follower is named. A follower is named in the programme’s definition.',
      }),
    ],
    model: {
      programme,
      known:
        named === 0
          ? null
          : `${confirmed} of ${named} ${be(confirmed)} confirmed${confirmed < named ? '; the others were proposed, and a proposal may never have come about' : ''}.`,
    },
  };
}
