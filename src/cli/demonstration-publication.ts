import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { systemActor } from '../core/actor.js';
import { ReadScope } from '../database/read-scope.js';
import { MeasurementService } from '../targets/measurement.service.js';
import { somethingPublished, validatedMeasurements } from './demonstration.queries.js';
import { DemonstrationCast } from './demonstration-cast.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { demonstrationPlan } from './demonstration-plan.js';

/**
 * Publishes the validated values of the plan's earlier periods, as the programme manager. Where anything was ever
 * published, nothing is.
 */
export async function playPublication(
  app: INestApplicationContext,
  keys: readonly DemonstrationKey[],
): Promise<void> {
  const { programme, published } = demonstrationPlan();
  const system = systemActor('demonstration', randomUUID());
  const scope = app.get(ReadScope, { strict: false });
  if (await scope.run(system, (sql) => somethingPublished(sql, programme))) return;
  const manager = await new DemonstrationCast(app, keys, system.requestId).person('programme-manager');
  for (const period of published) {
    const validated = await scope.run(system, (sql) => validatedMeasurements(sql, programme, period));
    if (validated.length > 0)
      await app.get(MeasurementService, { strict: false }).publishAll(manager, validated);
  }
}
