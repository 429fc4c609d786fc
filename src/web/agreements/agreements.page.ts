import type { Page as Listed } from '../../core/paging.js';
import type { AgreementFilter, AgreementRowView } from '../../funding/agreements/agreement.queries.js';
import { AGREEMENT_STATES } from '../../funding/agreements/agreement-states.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import { day } from '../page/format.js';
import type { Page } from '../page/page.js';
import { money, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { agreementTag, type ProgrammeRef } from './agreement.words.js';

/** What the address of the list may say. */
export interface AgreementsQuery {
  trust?: string;
  state?: string;
  after?: string;
}

/** What the list is narrowed to; what is no state narrows nothing. */
export function agreementsFilterOf({ trust, state: wanted }: AgreementsQuery): AgreementFilter {
  return {
    trust: asked(trust),
    state: chosen(wanted, AGREEMENT_STATES),
  };
}

function agreementsTable(
  programme: ProgrammeRef,
  { items, next }: Listed<AgreementRowView>,
  filter: AgreementFilter,
): Table {
  return table<AgreementRowView>({
    id: 'agreements',
    caption: 'Agreements',
    rows: items,
    columns: [
      text('Agreement', ({ reference }) => reference, {
        href: ({ id }) => `/agreements/${id}`,
        note: ({ trust }) => trust.name,
      }),
      state('State', (row) => agreementTag(row.state), {
        note: ({ version, activatedOn }) =>
          activatedOn ? `version ${version}, in force from ${day(activatedOn)}` : `version ${version}`,
      }),
      money('Grant agreed', ({ agreedGrantPence }) => agreedGrantPence),
      money('Paid', ({ grant }) => grant.paidPence),
      money('Remaining', ({ grant }) => grant.remainingPence),
      money('Match agreed', ({ agreedMatchPence }) => agreedMatchPence),
      money('Match accepted', ({ match }) => match.acceptedPence),
    ],
    empty:
      filter.trust || filter.state
        ? 'No agreement is like this. Choose “Show all” to see every agreement.'
        : 'There is no agreement yet. Whoever prepares agreements at the funder begins one for each award.',
    next: nextAddress(`/programmes/${programme.slug}/agreements`, { ...filter }, next),
    whole: addressOf(`/v1/programmes/${programme.slug}/agreements`, { ...filter }),
  });
}

/** The page of a programme's agreements. @param trusts that the list can be narrowed to @param mayPrepare a new one */
export function agreementsPage(view: {
  programme: ProgrammeRef & { awardees: ReadonlyArray<{ odsCode: string; name: string }> };
  listed: Listed<AgreementRowView>;
  filter: AgreementFilter;
  mayPrepare: boolean;
}): Page {
  const { programme, listed, filter, mayPrepare } = view;
  return {
    view: 'agreements/agreements.njk',
    title: 'Agreements',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [agreementsTable(programme, listed, filter)],
    model: {
      programme,
      mayPrepare,
      filters: [
        ...trustFields(programme.awardees, filter.trust),
        filterField('state', 'State', filter.state, choicesOf(AGREEMENT_STATES)),
      ],
    },
  };
}
