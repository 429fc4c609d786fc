import type { WaitingWave } from '../../surveys/sheets.reader.js';
import type { Task } from './task.js';

/** The open waves in which a lead's own trust has submitted nothing. */
export const surveyTasks = (slug: string, waiting: readonly WaitingWave[]): Task[] =>
  waiting.map(({ wave, draft }) => ({
    group: 'Survey',
    title: draft ? `Submit your answers: ${wave.name}` : `Answer the survey: ${wave.name}`,
    note: 'It takes about five minutes, and begins with what you answered last',
    href: draft ? `/survey-sheets/${draft}` : `/programmes/${slug}/surveys/${wave.code}`,
    dueOn: wave.closesOn,
    status: draft ? { words: 'Draft', colour: 'grey' } : { words: 'To answer', colour: 'blue' },
  }));
