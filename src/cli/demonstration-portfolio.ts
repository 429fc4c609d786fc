import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { systemActor } from '../core/actor.js';
import { ScenarioService } from '../portfolio/scenario.service.js';
import { ScenariosReader } from '../portfolio/scenarios.reader.js';
import { DemonstrationCast } from './demonstration-cast.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { demonstrationPlan } from './demonstration-plan.js';

/** Makes the plan's scenarios, from the money that is there. Where the programme has any, none is made. */
export async function playPortfolio(
  app: INestApplicationContext,
  keys: readonly DemonstrationKey[],
): Promise<void> {
  const { programme, scenarios } = demonstrationPlan();
  const system = systemActor('demonstration', randomUUID());
  const reader = app.get(ScenariosReader, { strict: false });
  const before = await reader.list(system, { programme, state: null }, { limit: 1 });
  if (before.items.length > 0) return;
  const manager = await new DemonstrationCast(app, keys, system.requestId).person('programme-manager');
  for (const { title, year, basisPoints } of scenarios)
    await app.get(ScenarioService, { strict: false }).make(manager, programme, {
      ...{ title, financialYear: year },
      cut: { basisPoints, amountPence: null },
    });
}
