import { PENCE } from '../../benefits/benefit.rules.js';
import type { ChangeContent, ChangeKind } from '../../change-requests/change-content.js';
import { CHANGE_KINDS } from '../../change-requests/change-content.js';
import type { ChangeFacts, LineBalance } from '../../change-requests/change-facts.js';
import type { AskedChange } from '../../change-requests/change-request.service.js';
import type { Blocker } from '../../core/blockers.js';
import { financialYearsFrom } from '../../core/financial-period.js';
import type { AgreedTranche } from '../../funding/agreements/agreement-terms.js';
import { isOpenMilestone } from '../../milestones/milestone.rules.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { valueWords } from '../benefits/benefit.words.js';
import { day, words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { money, type Table, table, text } from '../page/table.js';
import { blockerWords, changeTrail } from './change.page.js';
import { KINDS, lineWords } from './change.words.js';

/** What a form of a change is about. */
export interface FormOf {
  programme: Pick<ProgrammeView, 'slug' | 'name' | 'terms'>;
  agreement: { id: string; reference: string; trust: { name: string } };
}

interface Item {
  value: string;
  text: string;
}

/** Rows of moves that a new form has, and empty ones that a draft's has below its own. */
const MOVES = 3;
const MORE_MOVES = 2;

/** The first page: what is to be changed? */
export function kindPage({ programme, agreement }: FormOf): Page {
  return {
    view: 'changes/kind.njk',
    title: 'What do you want to change?',
    caption: `${agreement.reference}, ${agreement.trust.name}`,
    trail: changeTrail(programme),
    model: {
      kinds: CHANGE_KINDS.map((kind) => ({
        ...KINDS[kind],
        href: `/agreements/${agreement.id}/changes/new/${kind}`,
      })),
    },
  };
}

/** The form of one kind, filled in with what is asked for or, where nothing is yet, with what stands. */
export function changeFormPage(
  { programme, agreement }: FormOf,
  facts: ChangeFacts,
  asked: AskedChange & { kind: ChangeKind },
  at: {
    title: string;
    action: string;
    revision: number | null;
    back: string;
    /** The change that is edited. */
    change?: { id: string; reference: string };
    /** What keeps it from being submitted. */
    blockers?: readonly Blocker[];
  },
): Page {
  const { kind, content } = asked;
  return {
    view: 'changes/form.njk',
    title: at.title,
    caption: `${agreement.reference}, ${agreement.trust.name}`,
    trail: changeTrail(programme, at.change),
    tables: kind === 'move-money' || kind === 'carry-forward' ? [linesTable(facts.balances)] : [],
    model: {
      at: { action: at.action, revision: at.revision, back: at.back },
      obstacles: (at.blockers ?? []).map(blockerWords),
      kind,
      hint: KINDS[kind].hint,
      asked,
      ...(kind === 'reprofile'
        ? reprofileFields(content, facts, programme.terms.delayReasons)
        : kind === 'vary'
          ? varyFields(content, facts)
          : kind === 'replan-benefits'
            ? planFields(content, facts)
            : moveFields(kind, content, facts)),
    },
  };
}

function linesTable(balances: readonly LineBalance[]): Table {
  return table<LineBalance>({
    id: 'lines',
    caption: 'What can be moved',
    rows: balances,
    columns: [
      text('Line', lineWords),
      money('Grant not claimed', (row) => row.awardedPence),
      money('Grant lapsed', (row) => row.lapsedPence),
      money('Match only pledged', (row) => row.pledgedPence),
    ],
    empty: 'This agreement has no lines, so there is nothing to move.',
  });
}

/** One fieldset for each milestone that is still open. */
export function reprofileFields(
  { milestones: asked }: ChangeContent,
  { milestones }: Pick<ChangeFacts, 'milestones'>,
  delayReasons: ReadonlyArray<{ code: string; label: string }>,
) {
  const known = new Set(milestones.map(({ code }) => code));
  const open = milestones.filter(
    ({ code, state }) => isOpenMilestone(state) || asked.some(({ milestone }) => milestone === code),
  );
  const rows = open.map(({ code, name, state, baselineOn, agreedOn, forecastOn }) => {
    const own = asked.find(({ milestone }) => milestone === code);
    const standing = agreedOn ?? baselineOn;
    return {
      code,
      name,
      stands: `Agreed for ${day(standing)}${agreedOn ? ` (baseline ${day(baselineOn)})` : ''}, forecast ${day(forecastOn)}. ${words(state)}.`,
      agreedOn: own?.agreedOn ?? standing,
      delayReason: own?.delayReason ?? '',
    };
  });
  // What a draft names and the trust no longer has stays to be seen, and to be cleared.
  const gone = asked
    .filter(({ milestone }) => !known.has(milestone))
    .map(({ milestone, agreedOn, delayReason }) => ({
      code: milestone,
      name: milestone,
      stands: 'The trust has no such milestone. Clear its day to leave it out.',
      agreedOn,
      delayReason: delayReason ?? '',
    }));
  const reasons: Item[] = [
    { value: '', text: 'None' },
    ...delayReasons.map(({ code, label }) => ({ value: code, text: label })),
  ];
  return { milestones: [...rows, ...gone], reasons };
}

/** Rows of moves, some of them empty, with the lines that there are to choose from. */
export function moveFields(
  kind: 'move-money' | 'carry-forward',
  { moves }: ChangeContent,
  { programme, terms }: Pick<ChangeFacts, 'programme' | 'terms'>,
) {
  const open = financialYearsFrom(programme.startsOn, programme.endsOn).filter(
    (year) => !programme.closedYears.includes(year),
  );
  const item = (value: string): Item => ({ value, text: value });
  const choose: Item = { value: '', text: 'Select' };
  const asked = moves.map((move) => ({
    source: move.source as string,
    from: lineWords(move.from),
    to: kind === 'carry-forward' ? move.to.financialYear : lineWords(move.to),
    amountPence: move.amountPence as number | null,
  }));
  const empty = Math.max(MOVES - asked.length, MORE_MOVES);
  const targets =
    kind === 'carry-forward' ? open : open.flatMap((year) => [`${year} capital`, `${year} revenue`]);
  const own = (values: readonly string[], given: readonly string[]): Item[] => [
    choose,
    ...[...new Set([...values, ...given])].map(item),
  ];
  return {
    moves: [
      ...asked,
      ...Array.from({ length: empty }, () => ({ source: 'grant', from: '', to: '', amountPence: null })),
    ],
    from: own(
      terms.lines.map(lineWords),
      asked.map(({ from }) => from),
    ),
    to: own(
      targets,
      asked.map(({ to }) => to),
    ),
  };
}

/** One fieldset for each benefit that can have another plan: its years, and two more. */
export function planFields({ plans: asked }: ChangeContent, { benefits }: Pick<ChangeFacts, 'benefits'>) {
  const empty = { financialYear: '', planned: null as number | null };
  const rows = benefits.map(({ code, name, unit, state, years }) => ({
    ...{ code, name, unit, money: unit === PENCE },
    stands: `${words(state)}. Planned: ${years.map(({ financialYear, planned, reported }) => `${financialYear} ${valueWords(planned, unit)}${reported ? ' (reported)' : ''}`).join(', ')}.`,
    years: [...(asked.find(({ benefit }) => benefit === code)?.years ?? years), empty, empty],
  }));
  // What a draft names and cannot be planned any more stays to be seen, and to be cleared.
  const gone = asked
    .filter(({ benefit }) => !benefits.some(({ code }) => code === benefit))
    .map(({ benefit, years }) => ({
      ...{ code: benefit, name: benefit, unit: 'its unit', money: false, years },
      stands: 'The trust has no such benefit that is agreed and not over. Clear its years to leave it out.',
    }));
  return { benefits: [...rows, ...gone] };
}

/** The terms that can be varied, as they are to be: all tranches and one more, all conditions and two more. */
export function varyFields(
  { terms: asked }: ChangeContent,
  { terms, milestones }: Pick<ChangeFacts, 'terms' | 'milestones'>,
) {
  const tranches: AgreedTranche[] = asked?.tranches ?? terms.tranches;
  const { startsOn, endsOn } = asked?.eligibility ?? terms.eligibility;
  const named = tranches.flatMap(({ milestones: codes }) => codes);
  const codes = [...new Set([...milestones.map(({ code }) => code), ...named])];
  const next = Math.max(0, ...tranches.map(({ number }) => number)) + 1;
  return {
    tranches: [
      ...tranches.map((tranche) => ({ ...tranche, isNew: false })),
      {
        number: next,
        name: '',
        basis: 'delivery',
        plannedOn: '',
        grantPence: null,
        milestones: [],
        isNew: true,
      },
    ],
    codes: codes.map((code) => ({
      value: code,
      text: milestones.find((milestone) => milestone.code === code)?.name ?? code,
      hint: { text: code },
    })),
    conditions: [...(asked?.conditions ?? terms.conditions), '', ''],
    window: { startsOn, endsOn },
  };
}

/** Where those who ask for changes begin. */
export const beginLink = ({ id, reference }: { id: string; reference: string }): Link => ({
  text: reference,
  href: `/agreements/${id}/changes/new`,
});
