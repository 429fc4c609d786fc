import type { HeldAnswer, TrustAdoption } from '../../surveys/adoption.reader.js';
import { AGREEMENT_RULE } from '../../surveys/adoption.rules.js';
import { ADOPTION_STATUSES, type AdoptionStatus } from '../../surveys/survey.rules.js';
import type { WaveResults, WaveView } from '../../surveys/surveys.reader.js';
import { addressOf, nextAddress } from '../page/address.js';
import { choicesOf, filterField, trustFields } from '../page/filter.js';
import { day } from '../page/format.js';
import type { Page } from '../page/page.js';
import { partsWords } from '../progress/figures.js';
import { questionName, waveTag } from './survey.words.js';
import {
  adoptionTable,
  barriersTable,
  heldTable,
  otherName,
  ownTable,
  publishedTable,
  questionsTable,
  resultsTable,
} from './wave.tables.js';
import { surveysTrail, whenWords } from './waves.page.js';

type Programme = { slug: string; name: string; awardees: ReadonlyArray<{ odsCode: string; name: string }> };

/** What the list of answers is narrowed to, and where the lists go on. */
export interface WaveAsked {
  trust: string | null;
  question: string | null;
  status: AdoptionStatus | null;
  other: string | null;
}

/** What was answered in a wave. */
export interface WaveReadings {
  results: WaveResults;
  trusts: { items: readonly TrustAdoption[]; next: string | null };
  answers: { items: readonly HeldAnswer[]; next: string | null };
  others: readonly WaveView[];
}

/** A wave that somebody else held: as it was published, with what does not fit. */
export function historicalWavePage(programme: Programme, wave: WaveView): Page {
  return {
    view: 'surveys/historical.njk',
    title: wave.name,
    caption: programme.name,
    trail: surveysTrail(programme),
    tables: [publishedTable(wave), questionsTable(wave)],
    model: { programme, wave, when: whenWords(wave), tagged: waveTag(wave.state) },
  };
}

/** What the reader's own trust may do in a wave now; null for whoever answers nothing. */
function ownWay(wave: WaveView, answersFor: string | null, own: TrustAdoption | undefined) {
  if (answersFor === null || wave.state !== 'open' || !own) return null;
  if (own.draft)
    return { href: `/survey-sheets/${own.draft}/edit`, words: 'Go on with your answers', begins: false };
  return {
    href: null,
    words: own.sheet ? 'Correct your answers' : 'Answer the survey',
    begins: true,
  };
}

/** What the lists of a wave's page are narrowed by. */
function narrowing(
  programme: Programme,
  wave: WaveView,
  others: readonly WaveView[],
  { other, ...filter }: WaveAsked,
  own: boolean,
) {
  const given = (values: Record<string, string | null>) =>
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  return {
    // Each form keeps what the other one chose.
    kept: { comparison: given(filter), filters: given({ with: other }) },
    comparison: [
      {
        name: 'with',
        label: 'Held against',
        value: other,
        items: [
          { value: '', text: 'The wave before' },
          ...others.flatMap(({ code, name }) => (code === wave.code ? [] : [{ value: code, text: name }])),
        ],
      },
    ],
    filters: [
      ...trustFields(programme.awardees, filter.trust, !own),
      filterField(
        'question',
        'Question',
        filter.question,
        wave.questions
          .filter(({ kind }) => kind === 'adoption')
          .map(({ ref }) => ({ value: ref, text: questionName(ref) })),
      ),
      filterField('status', 'Answer', filter.status, choicesOf(ADOPTION_STATUSES)),
    ],
  };
}

/** A wave of the programme: what was answered, beside the wave before, and whether it agrees with what was measured. */
export function wavePage(
  programme: Programme,
  wave: WaveView,
  { results, trusts, answers, others }: WaveReadings,
  asked: WaveAsked,
  answersFor: string | null,
): Page {
  const path = `/programmes/${programme.slug}/surveys/${wave.code}`;
  const { other, ...filter } = asked;
  const said = { ...filter, with: other };
  const own = results.covers === 'own';
  return {
    view: 'surveys/wave.njk',
    title: wave.name,
    caption: programme.name,
    trail: surveysTrail(programme),
    tables: [
      ...(own ? [ownTable(results)] : [resultsTable(results), barriersTable(results)]),
      adoptionTable(trusts.items, 'trust', {
        slug: programme.slug,
        next: nextAddress(path, said, trusts.next, 'trusts'),
        whole: `/v1/programmes/${programme.slug}/survey-waves/${wave.code}/trusts`,
      }),
      heldTable(answers.items, {
        byTrust: true,
        empty: 'No answer was found that matches. What trusts submit is listed here.',
        next: nextAddress(path, said, answers.next, 'answers'),
        whole: addressOf(`/v1/programmes/${programme.slug}/survey-waves/${wave.code}/answers`, filter),
      }),
      questionsTable(wave),
    ],
    model: {
      programme,
      wave,
      path,
      own,
      tagged: waveTag(wave.state),
      when: whenWords(wave),
      closes: wave.state === 'open' ? day(wave.closesOn) : null,
      answered: partsWords(results.answered),
      base: results.items[0]?.base ?? results.answered.base,
      before: otherName(results),
      rule: AGREEMENT_RULE,
      way: ownWay(wave, answersFor, trusts.items[0]),
      ...narrowing(programme, wave, others, asked, own),
    },
  };
}

/** A trust in every wave: its index beside its score, and its latest answers held against measures. */
export function trustAdoptionPage(
  programme: Programme,
  trust: { odsCode: string; name: string },
  items: readonly TrustAdoption[],
  answers: readonly HeldAnswer[],
): Page {
  const latest = items.find(({ sheet }) => sheet !== null);
  return {
    view: 'surveys/trust.njk',
    title: 'Adoption, answered and measured',
    caption: trust.name,
    trail: [
      ...surveysTrail(programme).slice(0, 2),
      { text: trust.name, href: `/programmes/${programme.slug}/trusts/${trust.odsCode}` },
    ],
    tables: [
      adoptionTable(items, 'wave', { slug: programme.slug }),
      heldTable(answers, {
        byTrust: false,
        empty: 'This trust has submitted no answers yet.',
      }),
    ],
    model: {
      programme,
      latest: latest?.wave.name ?? null,
      rule: AGREEMENT_RULE,
      illustrative: items.some(({ illustrative }) => illustrative),
    },
  };
}
