import { formatDate } from '../../core/calendar.js';
import { SOON_DAYS } from '../../funding/gates/gate.queries.js';
import type { ReturnCounts } from '../../progress-reports/delivery.queries.js';
import { plural, shortPounds } from '../page/format.js';
import type { Tag, TagColour } from '../page/table.js';
import { slowestWords } from '../turnaround/turnaround.page.js';
import type { Overview } from './overview.reader.js';
import type { OverviewMoney } from './overview-money.reader.js';
import { be, listed } from './programme.words.js';

/** A question that a programme manager asks (domain.md section 11), answered in one line. */
export interface Answer {
  question: string;
  answer: string;
  /** Why somebody should look at it, in a word or two; null where nobody need. */
  attention: Tag | null;
  /** The page that has the whole answer. */
  href: string;
}

type Said = Pick<Answer, 'answer' | 'attention'>;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** A tag where there is something to look at; red where a rule is broken now. */
const look = (number: number, words: string, colour: TagColour = 'orange'): Tag | null =>
  number > 0 ? { words, colour } : null;
const noneOr = (number: number): string => (number === 0 ? 'none' : String(number));
/** "none is late", "2 are late". */
const how = (number: number, what: string): string => `${noneOr(number)} ${be(Math.max(1, number))} ${what}`;

function moneyAnswer({ money }: OverviewMoney, own: boolean): Said {
  const { awardedPence, drawnPence, remainingPence } = money.totals.grant;
  const parts = `${shortPounds(awardedPence)} is awarded, ${shortPounds(drawnPence)} drawn, ${shortPounds(remainingPence)} remaining`;
  const wrong = money.ledger.reconciles === false;
  return {
    answer: `${own ? `To your trust ${parts}` : capital(parts)}.${wrong ? ' The ledger does not add up.' : ''}`,
    attention: look(wrong ? 1 : 0, 'Differences', 'red'),
  };
}

function matchAnswer({ match }: OverviewMoney, own: boolean): Said {
  const { trustsBelowRatio: below, trustsBelowAtNextGate: next, unexplainedPence } = match.totals;
  const missing = shortPounds(unexplainedPence);
  const answer = own
    ? `Your trust is ${below > 0 ? `below the match ratio: ${missing} is missing` : 'not below the match ratio'}; it would ${next > 0 ? '' : 'not '}be at its next gate.`
    : `${below === 0 ? 'No trust' : plural(below, 'trust')} ${be(Math.max(1, below))} below the match ratio${below > 0 ? `, by ${missing}` : ''}; ${noneOr(next)} would be at ${next > 1 ? 'their' : 'its'} next gate.`;
  return { answer, attention: look(below, `${below} below`, 'red') ?? look(next, `${next} at next gate`) };
}

/** "2 gates fall", and what is said of them; of the first ones alone, where there are more. */
function counted(number: number, next: string | null, what: string, said: string): string {
  return next === null ? `${what}: ${said}` : `More than ${what}. Of the first ${number}, ${said}`;
}

function gatesAnswer({ gates: { items, next } }: OverviewMoney): Said {
  if (items.length === 0)
    return { answer: `No gate with money left falls within ${SOON_DAYS} days.`, attention: null };
  const shut = items.filter(({ open }) => !open).length;
  const slipping = items.filter(({ slips }) => slips).length;
  const fall = `${plural(items.length, 'gate')} ${items.length === 1 ? 'falls' : 'fall'} within ${SOON_DAYS} days`;
  const standing = `${how(shut, 'shut')}, ${noneOr(slipping)} ${slipping > 1 ? 'slip' : 'slips'}.`;
  return {
    answer: counted(items.length, next, fall, standing),
    attention: look(slipping, `${slipping} ${slipping > 1 ? 'slip' : 'slips'}`),
  };
}

function yearEndAnswer({ yearEnd }: OverviewMoney): Said {
  const { financialYear, endsOn, daysLeft, closed, totals } = yearEnd;
  if (closed)
    return {
      answer: `${financialYear} is closed: ${shortPounds(totals.lapsedPence)} lapsed.`,
      attention: null,
    };
  if (totals.lapsesPence === 0)
    return { answer: `Nothing of ${financialYear} is left to lapse.`, attention: null };
  const forecast = totals.expectedUnderspendPence;
  return {
    answer: `${shortPounds(totals.lapsesAfterApprovedPence)} of ${financialYear} lapses on ${formatDate(endsOn)} if it is not claimed, in ${plural(daysLeft, 'day')}; ${forecast > 0 ? `${shortPounds(forecast)} is forecast not to be spent` : 'no underspend is forecast'}.`,
    attention:
      look(forecast, `${shortPounds(forecast)} unspent`) ??
      (daysLeft <= SOON_DAYS ? { words: plural(daysLeft, 'day'), colour: 'orange' } : null),
  };
}

function claimsAnswer({ awaiting: { items, next } }: OverviewMoney): Said {
  const [oldest] = items;
  if (!oldest) return { answer: 'No claim awaits you.', attention: null };
  const many = items.length > 1;
  return {
    answer: `${next ? 'More than ' : ''}${plural(items.length, 'claim')} ${many ? 'await' : 'awaits'} you; ${many ? 'the oldest' : 'it'} has waited ${plural(oldest.ageDays, 'day')}.`,
    attention: look(items.length, `${next ? 'over ' : ''}${items.length} to do`),
  };
}

function changesAnswer({ pending: { items, next } }: OverviewMoney): Said {
  if (items.length === 0) return { answer: 'No change is pending.', attention: null };
  const effects = items.flatMap(({ effect }) => effect ?? []);
  const sum = (of: (effect: (typeof effects)[number]) => number): number =>
    effects.reduce((total, effect) => total + of(effect), 0);
  const slip = Math.max(0, ...effects.map(({ date }) => date.slipDays ?? 0));
  const moved = sum(({ cost }) => cost.grantMovedPence);
  const late = sum(({ benefit }) => benefit.late);
  const parts = [
    moved > 0 ? `${shortPounds(moved)} of grant would move` : 'no grant would move',
    slip > 0 ? `dates would slip by up to ${plural(slip, 'day')}` : 'no date would slip',
    late > 0 ? `${plural(late, 'target')} would be missed` : 'no target would be missed',
  ];
  return {
    answer: counted(
      items.length,
      next,
      `${plural(items.length, 'change')} ${be(items.length)} pending`,
      `${effects.length === 0 ? 'the impact is not assessed yet' : parts.join(', ')}.`,
    ),
    attention: look(items.length, `${next ? 'over ' : ''}${items.length} pending`),
  };
}

function returnsAnswer({ any, late, queried, unchanged }: ReturnCounts, own: boolean): Said {
  if (!any) return { answer: 'No return has been opened yet.', attention: null };
  const counts = `${how(late, 'late')}, ${how(queried, 'queried')}, ${how(unchanged, 'unchanged since the one before')}`;
  return {
    answer: `${own ? 'Of your returns' : 'Of the returns'}, ${counts}.`,
    attention:
      look(late, `${late} late`, 'red') ??
      look(queried, `${queried} queried`) ??
      look(unchanged, `${unchanged} unchanged`),
  };
}

function confidenceAnswer({ worsened: { rated, worse, items }, own }: Overview): Said {
  const answer =
    rated === 0
      ? 'No delivery confidence is accepted yet.'
      : own
        ? `Your trust’s delivery confidence ${worse > 0 ? 'worsened' : 'did not worsen'} in its latest accepted return.`
        : worse === 0
          ? `No trust’s delivery confidence worsened, of ${rated} that have one.`
          : `Worse than before at ${worse} of ${plural(rated, 'trust')}: ${listed(items.map(({ name }) => name))}${worse > items.length ? `, and ${worse - items.length} more` : ''}.`;
  return { answer, attention: look(worse, `${worse} worse`) };
}

function targetsAnswer({ progress, ownProgress }: Overview): Said {
  const sets = (ownProgress ?? progress).figures.filter(({ targetSet }) => targetSet !== null);
  const inTime = (basis: 'selfReported' | 'validated'): number =>
    sets.filter((set) => ['reached', 'on-trend'].includes(set[basis]?.expected.outcome ?? '')).length;
  if (!sets.some(({ selfReported }) => selfReported))
    return { answer: 'No figure toward a target is reported yet.', attention: null };
  const [reported, validated] = [inTime('selfReported'), inTime('validated')];
  return {
    answer: `${ownProgress ? 'Your trust is on trend' : 'On trend'} for ${reported} of ${plural(sets.length, 'target')} as reported, and for ${noneOr(validated)} as validated.`,
    attention: look(sets.length - validated, `${sets.length - validated} off trend`),
  };
}

function turnaroundAnswer({ slowest }: Overview): Said {
  const over = slowest?.targetDays != null && (slowest.medianDays ?? 0) > slowest.targetDays;
  return {
    answer:
      slowest === null
        ? 'Too little went through any stage in the last 12 months to say which is the slowest.'
        : `In the last 12 months: ${slowestWords(slowest)}`,
    attention: look(over ? 1 : 0, 'Over its target'),
  };
}

function followersAnswer({ followers: { named, confirmed, adoptions, live } }: Overview): Said {
  const known =
    named === 0
      ? 'No follower is named.'
      : `${plural(named, 'follower')} ${be(named)} named, ${noneOr(confirmed)} confirmed.`;
  const adopted =
    adoptions === 0
      ? 'No blueprint is adopted yet.'
      : `${plural(adoptions, 'adoption')} ${be(adoptions)} recorded, ${noneOr(live)} live.`;
  return { answer: `${known} ${adopted}`, attention: null };
}

/** The ten questions of a programme manager, in their order, and where time goes; without those that the reader may not ask. */
export function answersOf(overview: Overview): Answer[] {
  const { programme, own, returns, funding } = overview;
  const root = `/programmes/${programme.slug}`;
  const asked: Array<[string, string, Said | null]> = [
    ['What is left?', '/money', funding && moneyAnswer(funding, own)],
    ['Below the match ratio?', '/match', funding && matchAnswer(funding, own)],
    ['Which gates slip?', '/gates', funding && gatesAnswer(funding)],
    ['Returns late or queried?', '/returns', returns && returnsAnswer(returns.counts, own)],
    ['Confidence worse?', '/confidence', confidenceAnswer(overview)],
    ['Lapsing at year end?', '/year-end', funding && yearEndAnswer(funding)],
    ['Which claims await you?', '/claims?awaiting=me', funding && claimsAnswer(funding)],
    ['Targets on trend?', '/targets', targetsAnswer(overview)],
    ['Changes pending?', '/changes', funding && changesAnswer(funding)],
    ['Blueprints adopted?', '/followers', followersAnswer(overview)],
    ['Slowest stage?', '/turnaround', turnaroundAnswer(overview)],
  ];
  return asked.flatMap(([question, path, said]) =>
    said ? [{ question, href: `${root}${path}`, ...said }] : [],
  );
}
