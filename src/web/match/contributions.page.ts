import { type Actor, may } from '../../core/actor.js';
import type { Page as Listed } from '../../core/paging.js';
import type { ShownAgreement } from '../../funding/agreements/agreements.reader.js';
import type { ContributionRowView } from '../../funding/match/contribution.queries.js';
import {
  CONTRIBUTION_STATES,
  matchUnderBlockers,
  VALUED_BY,
} from '../../funding/match/contribution.rules.js';
import {
  agreementLinks,
  agreementTrail,
  lineWords,
  type ProgrammeRef,
} from '../agreements/agreement.words.js';
import { addressOf, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { date, money, number, state, type Table, table, text } from '../page/table.js';
import { contributionTag } from './contribution.words.js';

/** What the address of the list may say. */
export interface ContributionsQuery {
  state?: string;
  after?: string;
}

/** What the list is narrowed to. */
export function contributionsFilterOf({ state: asked }: ContributionsQuery): { state: string | null } {
  return { state: chosen(asked, CONTRIBUTION_STATES) };
}

function contributionsTable(
  rows: readonly ContributionRowView[],
  empty: string,
  next: string | null,
  whole: string,
): Table {
  return table<ContributionRowView>({
    id: 'contributions',
    caption: 'Contributions',
    rows,
    columns: [
      text('Contribution', ({ reference }) => reference, {
        href: ({ id }) => `/contributions/${id}`,
        note: ({ description }) => description,
      }),
      text('Type', ({ typeLabel, type }) => typeLabel ?? type, {
        note: ({ valuation }) => `valued by ${VALUED_BY[valuation]}`,
      }),
      text('Line', lineWords),
      money('Amount', ({ amountPence }) => amountPence),
      state('State', (row) => contributionTag(row.state)),
      number('Evidence that counts', ({ countingEvidence }) => countingEvidence),
      date('Expected', ({ expectedOn }) => expectedOn),
    ],
    empty,
    next,
    whole,
  });
}

/** The page of what was put in as match under an agreement. */
export function contributionsPage(
  programme: ProgrammeRef,
  agreement: Pick<ShownAgreement, 'id' | 'reference' | 'trust' | 'state'>,
  { items, next }: Listed<ContributionRowView>,
  filter: { state: string | null },
  actor: Actor,
): Page {
  const { id, reference, trust } = agreement;
  const path = `/agreements/${id}/contributions`;
  const empty = filter.state
    ? 'No contribution is in this state. Choose “Show all” to see every contribution.'
    : 'Nothing was put in as match yet. The trust pledges match here, once the agreement is in force.';
  return {
    view: 'match/contributions.njk',
    title: 'Match put in',
    caption: `${reference}, ${trust.name}`,
    trail: agreementTrail(programme, agreement),
    tables: [
      contributionsTable(items, empty, nextAddress(path, filter, next), addressOf(`/v1${path}`, filter)),
    ],
    model: {
      path,
      mayPledge: may(actor, 'match:record') && matchUnderBlockers('record', agreement).length === 0,
      links: agreementLinks(programme, agreement),
      filters: [filterField('state', 'State', filter.state, choicesOf(CONTRIBUTION_STATES))],
    },
  };
}
