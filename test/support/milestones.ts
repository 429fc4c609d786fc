import { systemActor } from '../../src/core/actor.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { ReturnedMilestone } from '../../src/milestones/milestone.rules.js';
import { MilestoneService } from '../../src/milestones/milestone.service.js';
import type { TestApp } from './app.js';

/** Does what accepting a return does to one milestone of a trust. */
export async function acceptOf(
  { app }: TestApp,
  of: { programmeId: string; trustId: string },
  milestone: string,
  line: Partial<ReturnedMilestone>,
): Promise<void> {
  const nothing = { forecastOn: null, actualOn: null, claim: 'none', delayReason: null } as const;
  const returned = { ...of, lines: [{ milestone, ...nothing, ...line }], illustrative: false };
  const order = { actor: systemActor('test', 'test'), action: 'progress-report.accept' };
  const service = app.get(MilestoneService, { strict: false });
  await app.get(UnitOfWork, { strict: false }).run(order, (tx) => service.applyReturn(tx, returned));
}
