import { type Actor, may } from '../../core/actor.js';
import type { Worth } from '../../funding/benefit-to-cost.reader.js';
import type { ExplainedContribution, TrustMatch } from '../../funding/match/match.reader.js';
import type { GateForecast } from '../../funding/match/match.rules.js';
import { type ProgrammeRef, ratioWords } from '../agreements/agreement.words.js';
import { worthWords } from '../benefits/worth.table.js';
import type { Chart } from '../charts/chart.js';
import { stackedChart } from '../charts/stacked.chart.js';
import { plural, pounds } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, money, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { contributionTag } from './contribution.words.js';

type Standing = TrustMatch['agreements'][number];

/** What is needed now, in a sentence. */
export function nowWords({ now, acceptedPence, ratio, belowRatio }: Standing): string {
  if (ratio.matchPence === 0) return 'The agreement asks for no match.';
  const needs = `${pounds(now.grantPence)} of grant is paid or approved, which needs ${pounds(now.requiredPence)} of match; ${pounds(acceptedPence)} is accepted`;
  if (now.shortfallPence === 0) return `${needs}. Nothing is missing now.`;
  const missing = `${needs}, so ${pounds(now.shortfallPence)} is missing`;
  if (now.explainedByAdvancePence === 0) return `${missing} now.`;
  return belowRatio
    ? `${missing}; an advance explains ${pounds(now.explainedByAdvancePence)} of that.`
    : `${missing}. All of that was paid in advance, before match arises, so the agreement is not below its ratio.`;
}

/** What is needed until the end, in a sentence. */
export function inAllWords({ inAll, evidencedPence, pledgedPence, overduePence }: Standing): string {
  if (inAll.shortfallPence === 0) return 'All the match that the agreement needs is accepted.';
  const waiting = `${pounds(evidencedPence)} is evidenced and waits to be accepted, and ${pounds(pledgedPence)} is pledged`;
  const overdue = overduePence > 0 ? `, of which ${pounds(overduePence)} is overdue` : '';
  const rest =
    inAll.notYetPledgedPence > 0
      ? `${pounds(inAll.notYetPledgedPence)} is not pledged yet.`
      : 'That is enough, once it is accepted.';
  return `Until the end ${pounds(inAll.shortfallPence)} more is to be accepted. ${waiting}${overdue}. ${rest}`;
}

/** What a gate asks for, in words. */
export function gateWords({ passed, exempt, shortfallPence }: GateForecast): string {
  if (passed) return 'Passed: all of it is approved';
  if (exempt) return 'An advance: its gate asks for no match';
  return shortfallPence > 0 ? 'Forecast to be short' : 'Forecast to be enough';
}

function gatesTable({ gates, nextGate }: Standing, suffix: string): Table {
  return table<GateForecast>({
    id: `gates${suffix}`,
    caption: 'Match needed at each gate',
    rows: gates,
    columns: [
      text('Gate', ({ tranche }) => `${tranche.number}: ${tranche.name}`, {
        href: ({ tranche }) => `/tranches/${tranche.id}`,
        note: (gate) => `${gate.tranche.number === nextGate ? 'Next. ' : ''}${gateWords(gate)}`,
      }),
      date('Expected', ({ expectedOn }) => expectedOn),
      money('Grant in all', ({ grantPence }) => grantPence),
      money('Match needed', ({ requiredPence }) => requiredPence),
      money('Forecast by then', ({ forecastMatchPence }) => forecastMatchPence),
      money('Missing', ({ shortfallPence, passed, exempt }) => (passed || exempt ? 0 : shortfallPence)),
      money('Still to be accepted', ({ stillToAcceptPence }) => stillToAcceptPence),
    ],
    empty: 'The agreement has no tranches, so it has no gates.',
  });
}

function contributionsTable(
  id: string,
  caption: string,
  rows: readonly ExplainedContribution[],
  empty: string,
): Table {
  return table<ExplainedContribution>({
    id,
    caption,
    rows,
    columns: [
      text('Contribution', ({ reference }) => reference, {
        href: (row) => `/contributions/${row.id}`,
        note: ({ description }) => description,
      }),
      text('Type', ({ typeLabel, type }) => typeLabel ?? type, {
        note: ({ financialYear, kind }) => `${financialYear} ${kind}`,
      }),
      money('Amount', ({ amountPence }) => amountPence),
      state('State', (row) => contributionTag(row.state)),
      text('Why', ({ because }) => because, {
        note: ({ countingEvidence }) =>
          `${plural(countingEvidence, 'piece')} of evidence ${countingEvidence === 1 ? 'counts' : 'count'}`,
      }),
      date('Expected', ({ expectedOn }) => expectedOn),
    ],
    empty,
  });
}

function chartOf({ acceptedPence, evidencedPence, pledgedPence, inAll }: Standing, suffix: string): Chart {
  return stackedChart({
    id: `match-so-far${suffix}`,
    title: 'Match so far, beside what is needed in all',
    parts: [
      { key: 'accepted', name: 'Accepted', fill: 'solid' },
      { key: 'evidenced', name: 'Evidenced', fill: 'hatched' },
      { key: 'pledged', name: 'Pledged', fill: 'dotted' },
      { key: 'missing', name: 'Not pledged yet', fill: 'outline' },
    ],
    categories: [
      {
        label: 'Match',
        values: {
          accepted: acceptedPence,
          evidenced: evidencedPence,
          pledged: pledgedPence,
          missing: inAll.notYetPledgedPence,
        },
      },
    ],
  });
}

/** The figures behind the chart. */
function soFarTable({ acceptedPence, evidencedPence, pledgedPence, inAll }: Standing, suffix: string): Table {
  const rows = [
    { what: 'Accepted: it counts', pence: acceptedPence },
    { what: 'Evidenced: it waits to be accepted', pence: evidencedPence },
    { what: 'Pledged', pence: pledgedPence },
    { what: 'Not pledged yet', pence: inAll.notYetPledgedPence },
  ];
  return table<(typeof rows)[number]>({
    id: `so-far${suffix}`,
    caption: 'Match so far',
    rows,
    columns: [text('Where it stands', ({ what }) => what), money('Amount', ({ pence }) => pence)],
    empty: 'Nothing was put in yet.',
  });
}

/** An agreement's tables and chart; `suffix` keeps their ids apart. */
function partOf(standing: Standing, suffix: string, mayRecord: boolean) {
  const counting = standing.contributions.filter(({ counts }) => counts);
  const others = standing.contributions.filter(({ counts }) => !counts);
  const tables = [
    gatesTable(standing, suffix),
    soFarTable(standing, suffix),
    contributionsTable(
      `counts${suffix}`,
      'What counts, and why',
      counting,
      'Nothing counts yet. A contribution counts once somebody at the funder accepts it.',
    ),
    contributionsTable(
      `does-not-count${suffix}`,
      'What does not count, and why',
      others,
      'Everything that was put in counts.',
    ),
  ];
  const { agreement, ratio, illustrative } = standing;
  const open = ['active', 'suspended', 'closing'].includes(agreement.state);
  return {
    tables,
    chart: chartOf(standing, suffix),
    shown: {
      ...standing,
      illustrative,
      ids: tables.map(({ id }) => id),
      chartId: `match-so-far${suffix}`,
      ratioWords: ratioWords(ratio),
      now: nowWords(standing),
      inAllWords: inAllWords(standing),
      pledge: mayRecord && open ? `/agreements/${agreement.id}/contributions/new` : null,
    },
  };
}

/** The page of a trust's match: how much more is needed, now and at each gate, and what of it counts. */
export function trustMatchPage(programme: ProgrammeRef, match: TrustMatch, worth: Worth, actor: Actor): Page {
  const parts = match.agreements.map((standing, index) =>
    partOf(standing, index === 0 ? '' : `-${index + 1}`, may(actor, 'match:record')),
  );
  return {
    view: 'match/trust-match.njk',
    title: 'Match: what is needed, and what counts',
    caption: match.trust.name,
    trail: programmeTrail(programme, { text: 'Match', href: `/programmes/${programme.slug}/match` }),
    tables: parts.flatMap(({ tables }) => tables),
    charts: parts.map(({ chart }) => chart),
    model: { programme, match, worth: worthWords(worth), parts: parts.map(({ shown }) => shown) },
  };
}
