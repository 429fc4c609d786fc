import { formatDate } from '../../core/calendar.js';
import { type Pence, sumPence } from '../../core/money.js';
import type { Worth } from '../../funding/benefit-to-cost.reader.js';
import type { MatchStanding, ProgrammeMatch } from '../../funding/match/match.reader.js';
import type { GateForecast } from '../../funding/match/match.rules.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { worthWords } from '../benefits/worth.table.js';
import { barsChart } from '../charts/bars.chart.js';
import { nextAddress } from '../page/address.js';
import { pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Column, date, money, state, type Table, type Tag, table, text } from '../page/table.js';
import { programmeTrail } from './programme.trail.js';

interface AtNextGate extends MatchStanding {
  gate: GateForecast;
}

const trustColumn = <Row extends MatchStanding>(slug: string): Column<Row> =>
  text('Trust', ({ trust }) => trust.name, {
    href: ({ trust }) => `/programmes/${slug}/trusts/${trust.odsCode}/match`,
    note: ({ agreement }) =>
      agreement.state === 'active'
        ? agreement.reference
        : `${agreement.reference}, ${words(agreement.state).toLowerCase()}`,
  });

function nowTag({ belowRatio, now }: MatchStanding): Tag {
  if (belowRatio) return { words: 'Below the ratio', colour: 'red' };
  return now.shortfallPence > 0
    ? { words: 'Paid in advance', colour: 'blue' }
    : { words: 'Enough', colour: 'green' };
}

function gateTag({ belowAtNextGate, gate }: AtNextGate): Tag {
  if (gate.exempt) return { words: 'Exempt', colour: 'blue' };
  return belowAtNextGate
    ? { words: 'Would be below', colour: 'orange' }
    : { words: 'Would be enough', colour: 'green' };
}

const nextOf = (slug: string, { next }: ProgrammeMatch): string | null =>
  nextAddress(`/programmes/${slug}/match`, {}, next);

function nowTable(slug: string, match: ProgrammeMatch): Table {
  return table<MatchStanding>({
    id: 'now',
    caption: 'Match now',
    rows: match.items,
    next: nextOf(slug, match),
    columns: [
      trustColumn(slug),
      money('Grant paid or approved', ({ now }) => now.grantPence),
      money('Match needed', ({ now }) => now.requiredPence),
      money('Match accepted', ({ acceptedPence }) => acceptedPence, {
        note: ({ evidencedPence }) =>
          evidencedPence > 0 ? `${pounds(evidencedPence)} more waits to be accepted` : null,
      }),
      money('Missing', ({ now }) => now.shortfallPence, {
        note: ({ now }) =>
          now.explainedByAdvancePence > 0
            ? `${pounds(now.explainedByAdvancePence)} of it explained by an advance`
            : null,
      }),
      state('Now', nowTag),
    ],
    empty: 'No agreement is in force, so no match is asked for yet.',
  });
}

function nextGateTable(slug: string, match: ProgrammeMatch): Table {
  const rows = match.items.flatMap((standing): AtNextGate[] => {
    const gate = standing.gates.find(({ tranche }) => tranche.number === standing.nextGate);
    return gate ? [{ ...standing, gate }] : [];
  });
  return table<AtNextGate>({
    id: 'next-gate',
    caption: 'Match at the next gate',
    rows,
    next: nextOf(slug, match),
    columns: [
      trustColumn(slug),
      text('Next gate', ({ gate }) => `${gate.tranche.number}: ${gate.tranche.name}`, {
        href: ({ gate }) => `/tranches/${gate.tranche.id}`,
      }),
      date('Expected', ({ gate }) => gate.expectedOn),
      money('Match needed by then', ({ gate }) => (gate.exempt ? null : gate.requiredPence), {
        note: ({ gate }) => `beside ${pounds(gate.grantPence)} of grant`,
      }),
      money('Match forecast', ({ gate }) => gate.forecastMatchPence),
      money('Missing', ({ gate }) => (gate.exempt ? null : gate.shortfallPence), {
        note: ({ gate }) =>
          gate.stillToAcceptPence > 0 ? `${pounds(gate.stillToAcceptPence)} still to be accepted` : null,
      }),
      state('Then', gateTag),
    ],
    empty: 'Every gate of the agreements in force is passed.',
  });
}

/** What is missing now of those that are below the ratio, beyond what advances explain; whole pence. */
export function missingNow(items: readonly MatchStanding[]): Pence {
  const below = items.filter(({ belowRatio }) => belowRatio);
  return sumPence(below.map(({ now }) => now.shortfallPence - now.explainedByAdvancePence));
}

/** Who is below the ratio, and who will be, with how much is missing and by when, in a sentence each. */
function sentences({ items, asOn }: ProgrammeMatch, own: boolean): string[] {
  return items.flatMap((standing) => {
    const { trust, agreement, belowRatio, belowAtNextGate, gates, nextGate } = standing;
    const gate = gates.find(({ tranche }) => tranche.number === nextGate);
    const who = own ? 'Your trust' : trust.name;
    const said = [
      belowRatio && `is below the ratio now: ${pounds(missingNow([standing]))} of match is missing`,
      belowAtNextGate &&
        gate &&
        `would be short by ${pounds(gate.shortfallPence)} at its next gate, ${gate.expectedOn > asOn ? `expected on ${formatDate(gate.expectedOn)}` : 'which is due now'}`,
    ].filter(Boolean);
    return said.length > 0 ? [`${who} (${agreement.reference}) ${said.join('; it ')}.`] : [];
  });
}

/** The page of question 2: who is below the match ratio, and who will be at the next gate. */
export function matchPage(programme: ProgrammeView, match: ProgrammeMatch, worth: Worth, own: boolean): Page {
  const { items, totals, asOn } = match;
  const { matchPence, perGrantPence } = programme.matchRatio;
  return {
    view: 'programme/match.njk',
    title: 'Match: who is below the ratio',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [nowTable(programme.slug, match), nextGateTable(programme.slug, match)],
    charts:
      items.length === 0
        ? []
        : [
            barsChart({
              id: 'needed-and-accepted',
              title: 'Match accepted beside match needed now',
              unit: 'money',
              series: [
                { key: 'accepted', name: 'Accepted', fill: 'solid' },
                { key: 'needed', name: 'Needed beside the grant so far', fill: 'outline' },
              ],
              categories: items.map(({ trust, now, acceptedPence }) => ({
                label: trust.name,
                values: { accepted: acceptedPence, needed: now.requiredPence },
              })),
            }),
          ],
    model: {
      programme,
      own,
      worth: worthWords(worth),
      totals,
      asOn,
      ratio: `${pounds(matchPence * 100)} of match for every ${pounds(perGrantPence * 100)} of grant`,
      sentences: sentences(match, own),
      enough: totals.belowRatio + totals.belowAtNextGate === 0,
    },
  };
}
