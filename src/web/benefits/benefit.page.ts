import type {
  BenefitActualView,
  BenefitEvidenceView,
  BenefitView,
  BenefitYearView,
} from '../../benefits/benefit.queries.js';
import { BENEFIT_TYPES, isMoney } from '../../benefits/benefit.rules.js';
import { actualEvidenceBlockers } from '../../benefits/benefit-actual.rules.js';
import type { ShownBenefit } from '../../benefits/benefits.reader.js';
import { type Actor, may } from '../../core/actor.js';
import type { ProjectView } from '../../projects/project.queries.js';
import { EVIDENCE_TYPES } from '../../storage/evidence.rules.js';
import { choicesOf } from '../page/filter.js';
import { day, instant, plural, words } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import { date, moment, state, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { STEP_LINKS } from './benefit.steps.js';
import { actualTag, benefitTag, countedWords, valueWords } from './benefit.words.js';
import { PLANNED_YEARS } from './benefit-form.js';

type ProgrammeName = { slug: string; name: string };

/** The way to a benefit. */
export const benefitsTrail = (programme: ProgrammeName, benefit?: { id: string; name: string }): Link[] =>
  programmeTrail(
    programme,
    { text: 'Benefits', href: `/programmes/${programme.slug}/benefits` },
    ...(benefit ? [{ text: benefit.name, href: `/benefits/${benefit.id}` }] : []),
  );

/** What is known of a benefit, for its page and for whoever takes a step. */
export function benefitFacts(slug: string, benefit: BenefitView): Fact[] {
  const { project, type, unit, baseline, owner, ownerAfterClosure, agreedBy, endedBecause } = benefit;
  return [
    { label: 'Project', value: project.name, href: `/programmes/${slug}/projects/${project.code}` },
    { label: 'What it is of', value: words(type) },
    { label: 'How it comes about', value: benefit.description },
    {
      label: 'Baseline',
      value: baseline
        ? `${valueWords(baseline.value, unit)} a year, as on ${day(baseline.on)}: ${baseline.source}`
        : 'Not given yet',
    },
    { label: 'Who sees to it now', value: owner },
    { label: 'After the project', value: ownerAfterClosure ?? 'Not given yet' },
    { label: 'Counted', value: countedWords(benefit) },
    { label: 'Agreed by', value: agreedBy ? `${agreedBy.name}, ${instant(benefit.agreedAt)}` : 'Nobody yet' },
    ...(endedBecause ? [{ label: 'Why it ended', value: endedBecause }] : []),
  ];
}

function yearsTable({ years, unit, planVersion }: BenefitView) {
  return table<BenefitYearView>({
    id: 'years',
    caption:
      planVersion > 1
        ? `Planned (version ${planVersion}), reported and validated`
        : 'Planned, reported and validated',
    rows: years,
    columns: [
      text('Financial year', (row) => row.year),
      text('Planned', (row) => valueWords(row.planned, unit)),
      text('Reported', (row) => (row.reported === null ? null : valueWords(row.reported, unit))),
      text('Validated', (row) => (row.validated === null ? null : valueWords(row.validated, unit))),
      date('To be reported by', (row) => row.dueOn, { note: (row) => (row.late ? 'late' : null) }),
    ],
    empty: 'Nothing is planned yet. The trust plans what it is to bring, year by year.',
  });
}

/** What was planned until change requests replaced it: a row for each year of each plan. */
function formerTable({ formerPlans, unit }: BenefitView) {
  const rows = formerPlans.flatMap(({ years, ...plan }) => years.map((year) => ({ ...plan, ...year })));
  return table<(typeof rows)[number]>({
    id: 'former-plans',
    caption: 'Former plans',
    rows,
    columns: [
      text('Plan', (row) => `Version ${row.number}`),
      text('Financial year', (row) => row.financialYear),
      text('Planned', (row) => valueWords(row.planned, unit)),
      text('Replaced by', (row) => row.changeRequest, { note: (row) => instant(row.replacedAt) }),
    ],
    empty: 'The plan is the one that was agreed.',
  });
}

const actualsTable = ({ actuals }: ShownBenefit) =>
  table<BenefitActualView>({
    id: 'actuals',
    caption: 'Reports',
    rows: actuals,
    columns: [
      text('Financial year', (row) => row.year, { href: (row) => `/benefit-actuals/${row.id}` }),
      text('Reported', (row) => valueWords(row.value, row.benefit.unit)),
      text(
        'Validated',
        (row) => (row.validated === null ? null : valueWords(row.validated, row.benefit.unit)),
        {
          note: (row) => row.decisionNote,
        },
      ),
      text('Evidence', (row) => plural(row.evidence.length, 'file')),
      state('State', (row) => actualTag(row.state)),
      moment('Reported at', (row) => row.reportedAt),
    ],
    empty: 'Nothing was reported yet. The trust reports what it brought after each financial year.',
  });

/** One benefit: what was planned, what came of it, and what may be done. */
export function benefitPage(programme: ProgrammeName, benefit: ShownBenefit, actor: Actor): Page {
  return {
    view: 'benefits/benefit.njk',
    title: benefit.name,
    caption: benefit.trust.name,
    trail: benefitsTrail(programme),
    tables: [yearsTable(benefit), formerTable(benefit), actualsTable(benefit)],
    model: {
      programme,
      benefit,
      tagged: benefitTag(benefit),
      shared:
        benefit.sharedBy > 0
          ? `${plural(benefit.sharedBy, 'other benefit is', 'other benefits are')} counted in this one.`
          : null,
      edit:
        benefit.state === 'draft' && may(actor, 'benefit:record')
          ? { text: 'Change the draft', href: `/benefits/${benefit.id}/edit` }
          : null,
      steps: benefit.next.map((step, index) => ({
        text: STEP_LINKS[step],
        href: `/benefits/${benefit.id}/steps/${step}`,
        onward: index === 0,
      })),
      facts: benefitFacts(programme.slug, benefit),
    },
  };
}

const MEANING: Record<(typeof BENEFIT_TYPES)[number], string> = {
  'cash-releasing': 'Money that can be spent on something else. In pounds.',
  'non-cash': 'Worth money that nobody can spend, such as time of staff. In pounds.',
  safety: 'Harm that does not happen. In a unit of your own.',
  experience: 'What patients, carers or staff notice. In a unit of your own.',
};

/** The form that records a benefit of a project or, where one is given, changes its draft. */
export function benefitFormPage(
  programme: ProgrammeName,
  project: Pick<ProjectView, 'code' | 'name' | 'trust'>,
  standing: ShownBenefit | null,
): Page {
  const within = `/programmes/${programme.slug}/projects/${project.code}`;
  const money = standing ? isMoney(standing.type) : false;
  return {
    view: 'benefits/form.njk',
    title: standing ? `Change ${standing.name}` : 'Record a benefit',
    caption: `${project.name}, ${project.trust.name}`,
    trail: benefitsTrail(programme, standing ?? undefined),
    model: {
      standing,
      money,
      action: standing ? `/benefits/${standing.id}` : `${within}/benefits/new`,
      back: standing ? `/benefits/${standing.id}` : within,
      types: choicesOf(BENEFIT_TYPES).map((each) => ({ ...each, hint: { text: MEANING[each.value] } })),
      unit: money ? '' : standing?.unit,
      years: Array.from({ length: PLANNED_YEARS }, (_, index) => standing?.years[index] ?? null),
    },
  };
}

/** One report of a benefit, with the files that show it. */
export function actualPage(
  programme: ProgrammeName,
  actual: BenefitActualView,
  actor: Actor,
  steps: ReadonlyArray<{ text: string; href: string; onward: boolean }>,
): Page {
  const { benefit, evidence, decidedBy, validated } = actual;
  return {
    view: 'benefits/actual.njk',
    title: `${benefit.name}, ${actual.year}`,
    caption: actual.trust.name,
    trail: benefitsTrail(programme, benefit),
    tables: [
      table<BenefitEvidenceView>({
        id: 'evidence',
        caption: 'Evidence',
        rows: evidence,
        columns: [
          text('File', (row) => row.fileName, {
            href: (row) => `/benefit-evidence/${row.id}/content`,
            note: (row) => row.description,
          }),
          moment('Uploaded', (row) => row.uploadedAt, {
            note: (row) => row.uploadedBy ?? 'a person of another trust',
          }),
        ],
        empty: 'There is no evidence yet. Nothing is validated that no file shows.',
      }),
    ],
    model: {
      programme,
      actual,
      steps,
      tagged: actualTag(actual.state),
      facts: [
        { label: 'Reported', value: valueWords(actual.value, benefit.unit) },
        { label: 'How it was measured', value: actual.method },
        {
          label: 'Reported by',
          value: `${actual.preparedBy.map(({ name }) => name).join(', ')}, ${instant(actual.reportedAt)}`,
        },
        ...(validated === null ? [] : [{ label: 'Validated', value: valueWords(validated, benefit.unit) }]),
        ...(decidedBy
          ? [{ label: 'Decided by', value: `${decidedBy.name}, ${instant(actual.decidedAt)}` }]
          : []),
        ...(actual.decisionNote ? [{ label: 'What was said', value: actual.decisionNote }] : []),
      ],
      mayUpload: may(actor, 'benefit:record') && actualEvidenceBlockers(actual.state).length === 0,
      kinds: Object.keys(EVIDENCE_TYPES).join(', '),
      accept: Object.keys(EVIDENCE_TYPES)
        .map((extension) => `.${extension}`)
        .join(','),
    },
  };
}
