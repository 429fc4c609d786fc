import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { systemActor } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { SheetsReader } from '../surveys/sheets.reader.js';
import { type AdoptionStatus, type Answer, needsEvidence } from '../surveys/survey.rules.js';
import { SurveySheetService } from '../surveys/survey-sheet.service.js';
import { SurveysReader, type WaveView } from '../surveys/surveys.reader.js';
import { DemonstrationCast } from './demonstration-cast.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { demonstrationPlan } from './demonstration-plan.js';

/** What a trust answers in a wave, on a day. */
export interface DemonstratedSheet {
  wave: string;
  trust: string;
  on: DateOn;
  until: 'draft' | 'submitted';
  /** By question, as `code/v1`. */
  statuses: Record<string, AdoptionStatus>;
  barriers: string[];
  evidence: string;
}

/** Answers the plan's waves as the trusts would, each on its day. Where anybody has answered, nothing is. */
export async function playSurveys(
  app: INestApplicationContext,
  keys: readonly DemonstrationKey[],
): Promise<void> {
  const { programme, surveys } = demonstrationPlan();
  const system = systemActor('demonstration', randomUUID());
  const get = <T>(type: abstract new (...args: never[]) => T): T => app.get(type as never, { strict: false });
  const { items: waves } = await get(SurveysReader).list(system, programme, { limit: 50 });
  if (waves.some(({ answered }) => answered !== null && answered.numerator > 0)) return;
  const cast = new DemonstrationCast(app, keys, system.requestId);
  for (const plan of surveys) {
    const wave = waves.find(({ code }) => code === plan.wave) as WaveView;
    const lead = await cast.person('trust-lead', plan.trust);
    const service = get(SurveySheetService);
    await get(Clock).playing(plan.on, async () => {
      const { id } = await service.begin(lead, programme, plan.wave);
      const { revision } = await get(SheetsReader).one(lead, id);
      await service.answer(lead, id, revision, answersOf(plan, wave));
      if (plan.until === 'submitted') await service.submit(lead, id, revision + 1);
    });
  }
}

/** What is shown by a measure of the record names it; anything else is shown in words. */
function answersOf({ statuses, barriers, evidence }: DemonstratedSheet, { questions }: WaveView): Answer[] {
  return questions.map(({ ref, kind, measure }) => {
    const status = statuses[ref] ?? null;
    const shown = needsEvidence(status);
    return {
      question: ref,
      status,
      evidence: shown && !measure ? evidence : null,
      link: shown && measure ? { kind: 'measure', id: measure.id } : null,
      barriers: kind === 'barriers' ? barriers : [],
    };
  });
}
