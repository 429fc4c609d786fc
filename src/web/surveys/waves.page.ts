import type { WaitingWave } from '../../surveys/sheets.reader.js';
import type { WaveView } from '../../surveys/surveys.reader.js';
import { nextAddress } from '../page/address.js';
import { day, plural } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { state, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { partsColumn } from '../progress/figures.js';
import { waveTag } from './survey.words.js';

type ProgrammeName = { slug: string; name: string };

/** The way to a wave. */
export const surveysTrail = (programme: ProgrammeName, wave?: { code: string; name: string }): Link[] =>
  programmeTrail(
    programme,
    { text: 'Survey', href: `/programmes/${programme.slug}/surveys` },
    ...(wave ? [{ text: wave.name, href: `/programmes/${programme.slug}/surveys/${wave.code}` }] : []),
  );

/** When a wave is or was held. */
export const whenWords = ({
  opensOn,
  closesOn,
  held,
}: Pick<WaveView, 'opensOn' | 'closesOn' | 'held'>): string =>
  opensOn === null ? (held ?? '') : `${day(opensOn)} to ${day(closesOn)}`;

/** The waves of a programme, and what waits for the reader's own trust. */
export function wavesPage(
  programme: ProgrammeName,
  { items, next }: { items: readonly WaveView[]; next: string | null },
  waiting: readonly WaitingWave[],
): Page {
  const root = `/programmes/${programme.slug}/surveys`;
  return {
    view: 'surveys/waves.njk',
    title: 'Survey of adoption',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      table<WaveView>({
        id: 'waves',
        caption: 'Waves',
        rows: [...items].reverse(),
        columns: [
          text('Wave', (row) => row.name, { href: (row) => `${root}/${row.code}` }),
          text('When', whenWords),
          text('Asks', (row) => plural(row.questions.length, 'question')),
          partsColumn('Answered', (row) => row.answered, { note: (row) => row.answered?.base ?? null }),
          state('State', (row) => waveTag(row.state)),
        ],
        empty: 'No wave is held. The funder adds waves to the programme’s definition.',
        next: nextAddress(root, {}, next),
        whole: `/v1/programmes/${programme.slug}/survey-waves`,
      }),
    ],
    model: {
      programme,
      waiting: waiting.map(({ wave, draft }) => ({
        name: wave.name,
        closesOn: wave.closesOn,
        href: draft ? `/survey-sheets/${draft}/edit` : `${root}/${wave.code}`,
        words: draft ? 'Go on with your answers' : 'Answer it',
      })),
      illustrative: items.some(({ illustrative }) => illustrative),
    },
  };
}
