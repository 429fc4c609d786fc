import { systemActor } from '../../src/core/actor.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ReportingService } from '../../src/progress-reports/reporting.service.js';
import type { TestApp } from './app.js';
import { type Cast, castFor, eventually, reportId, SLUG, throughAcceptance } from './returns.js';

/** Every state that a measurement can be in. */
export const STATES = [
  'draft',
  'self-reported',
  'challenged',
  'validated',
  'rejected',
  'published',
  'superseded',
] as const;

/** Opens the returns that are due. */
export async function openReturns(app: TestApp): Promise<void> {
  const reporting = app.app.get(ReportingService, { strict: false });
  await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'reporting-period.open' }, (tx) =>
      reporting.openDue(tx),
    );
}

/** Two trusts with an accepted return for the first quarter each, rolled up to the programme. */
export async function twoReported(
  app: TestApp,
  percents: Readonly<Record<string, number>>,
): Promise<Record<string, Cast>> {
  await openReturns(app);
  const casts: Record<string, Cast> = {};
  for (const [ods, percent] of Object.entries(percents)) {
    const cast = await castFor(app, ods);
    casts[ods] = cast;
    await throughAcceptance(app, cast, await reportId(app, cast.lead, ods, '2017/18 Q1'), percent);
  }
  const { manager } = Object.values(casts)[0] as Cast;
  await eventually(async () => {
    const { body } = await app.request('get', `/v1/programmes/${SLUG}/progress`, manager);
    return body.figures[0]?.selfReported?.trustsReported === Object.keys(percents).length ? true : undefined;
  });
  return casts;
}

/** A measurement as the database holds it. */
export interface StoredMeasurement {
  id: string;
  revision: number;
  state: string;
  measure: string;
  ods: string;
}

/** A trust's measurements of a target set, by the order of its measures. */
export function storedMeasurements(app: TestApp, ods: string, set: string): Promise<StoredMeasurement[]> {
  return app.database.sql<StoredMeasurement>(
    `select v.id, v.revision, v.state, m.code as measure, o.ods_code as ods
     from measurement v join measure m on m.id = v.measure_id join target_set s on s.id = m.target_set_id
       join organisation o on o.id = v.trust_id
     where o.ods_code = $1 and s.code = $2 order by m.position`,
    [ods, set],
  );
}

/**
 * Puts a trust's measurements of a target set into each of the states in turn, each with a validated value that no
 * other has: `from` and upward, of nine million. Past the steps that lead there.
 * @returns the numerator of each state
 */
export async function inEveryState(
  app: TestApp,
  ods: string,
  set: string,
  from: number,
): Promise<Record<string, number>> {
  const stored = await storedMeasurements(app, ods, set);
  const numerators: Record<string, number> = {};
  for (const [index, state] of STATES.entries()) {
    const { id } = stored[index] as StoredMeasurement;
    numerators[state] = from + index;
    await app.database.sql(
      `update measurement set state = $2, validated_numerator = $3, validated_denominator = $4 where id = $1`,
      [id, state, from + index, 9_000_000],
    );
  }
  return numerators;
}
