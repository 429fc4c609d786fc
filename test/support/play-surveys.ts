import type { TestApp } from './app.js';
import { SLUG } from './returns.js';
import { beginSheet, sheetStep, submittedSheet, WAVE, WAVES, WHOLE } from './surveys.js';

/** Every route about surveys, asked once at least; the day is 15 May 2018. */
export async function playSurveys(app: TestApp): Promise<void> {
  const lead = await app.as('trust-lead', 'RW4');
  const id = await submittedSheet(app, lead);
  const correction = (await beginSheet(app, lead).expect(201)).body.id;
  const { status } = await sheetStep(app, lead, correction, '', { answers: WHOLE });
  if (status !== 200) throw new Error(`The correction was not saved: ${status}`);
  const manager = await app.as('programme-manager');
  const wave = `${WAVES}/${WAVE}`;
  for (const path of [
    WAVES,
    `${WAVES}/mhn-2014`,
    wave,
    `${wave}/results`,
    `${wave}/trusts`,
    `${wave}/answers`,
  ])
    await app.request('get', path, manager).expect(200);
  for (const path of [`/v1/survey-sheets/${id}`, `/v1/programmes/${SLUG}/trusts/RW4/adoption`])
    await app.request('get', path, manager).expect(200);
}
