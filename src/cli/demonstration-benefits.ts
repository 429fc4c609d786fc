import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { isMoney } from '../benefits/benefit.rules.js';
import { BenefitService } from '../benefits/benefit.service.js';
import { BenefitActualService } from '../benefits/benefit-actual.service.js';
import { BenefitEvidenceService } from '../benefits/benefit-evidence.service.js';
import { BenefitStepsService } from '../benefits/benefit-steps.service.js';
import { BenefitsReader } from '../benefits/benefits.reader.js';
import { ChangeApplicationService } from '../change-requests/change-application.service.js';
import { ChangeDecisionService } from '../change-requests/change-decision.service.js';
import { ChangeRequestService } from '../change-requests/change-request.service.js';
import { Clock } from '../config/clock.js';
import { type Actor, systemActor } from '../core/actor.js';
import { addDays } from '../core/calendar.js';
import { ReadScope } from '../database/read-scope.js';
import { agreementsOf } from './demonstration.queries.js';
import { DemonstrationCast } from './demonstration-cast.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { type DemonstratedBenefit, demonstrationPlan, pence } from './demonstration-plan.js';

/**
 * Records the plan's benefits as the trusts would, has them agreed, reported and validated. Where the programme has any
 * benefit, nothing is.
 */
export async function playBenefits(
  app: INestApplicationContext,
  keys: readonly DemonstrationKey[],
): Promise<void> {
  const { programme, today, days, benefits, evidence } = demonstrationPlan();
  const system = systemActor('demonstration', randomUUID());
  const get = <T>(type: abstract new (...args: never[]) => T): T => app.get(type as never, { strict: false });
  const every = { trust: null, project: null, type: null, state: null };
  const there = await get(BenefitsReader).list(system, programme, every, { limit: 1 });
  if (there.items.length > 0) return;
  const cast = new DemonstrationCast(app, keys, system.requestId);
  const [manager, assessor] = [await cast.person('programme-manager'), await cast.person('assessor')];
  const ids = new Map<string, string>();
  const before = <T>(step: keyof typeof days.benefit, work: () => Promise<T>): Promise<T> =>
    get(Clock).playing(addDays(today, -days.benefit[step]), work);
  const revisionOf = async (id: string) => (await get(BenefitsReader).one(system, id)).revision;
  for (const plan of benefits) {
    const lead = await cast.person('trust-lead', plan.trust);
    const { id } = await get(BenefitService).record(lead, programme, plan.project, draftOf(plan));
    ids.set(`${plan.project}/${plan.code}`, id);
    if (plan.until === 'draft') continue;
    await get(BenefitStepsService).agree(manager, id, await revisionOf(id));
    const countedIn = plan.countedIn === undefined ? undefined : ids.get(plan.countedIn);
    if (countedIn !== undefined)
      await get(BenefitStepsService).countIn(manager, id, await revisionOf(id), {
        countedIn,
        reason: 'Illustrative: it is the same gain.',
      });
    for (const { year, value, method, validated, note = null } of plan.actuals ?? []) {
      const told = { financialYear: year, value: amountOf(plan, value), method };
      const actual = await before('report', async () =>
        get(BenefitActualService).report(lead, id, await revisionOf(id), told),
      );
      await get(BenefitEvidenceService).add(lead, actual.id, {
        file: Readable.from([Buffer.from(`${evidence.text} ${plan.name}, ${year}.`)]),
        fileName: evidence.fileName,
        declaredType: 'text/plain',
        description: 'Illustrative note of what was counted',
        illustrative: true,
      });
      if (validated === undefined) continue;
      const { revision } = await get(BenefitsReader).actual(system, actual.id);
      const found = { value: amountOf(plan, validated), note };
      await before('validate', () =>
        get(BenefitActualService).validate(assessor, actual.id, revision, found),
      );
    }
    await replan(get, plan, lead, manager);
  }
}

/** Another plan of a benefit, asked for by its trust and carried out by the funder. */
async function replan(
  get: <T>(type: abstract new (...args: never[]) => T) => T,
  plan: DemonstratedBenefit,
  lead: Actor,
  manager: Actor,
): Promise<void> {
  if (!plan.replanned) return;
  const { title, justification, profile } = plan.replanned;
  const { programme, today, money } = demonstrationPlan();
  const before = <T>(step: keyof typeof money.changes, work: () => Promise<T>): Promise<T> =>
    get(Clock).playing(addDays(today, -money.changes[step]), work);
  const agreements = await get(ReadScope).run(manager, (sql) => agreementsOf(sql, programme));
  const agreement = agreements.find(({ ods }) => ods === plan.trust)?.id;
  if (!agreement) return;
  const plans = [{ benefit: `${plan.project}/${plan.code}`, years: yearsOf(plan, profile) }];
  const content = { milestones: [], moves: [], terms: null, plans };
  const requests = get(ChangeRequestService);
  const decisions = get(ChangeDecisionService);
  const { id, revision } = await before('ask', async () => {
    const asked = { kind: 'replan-benefits', title, justification, content } as const;
    const opened = await requests.open(lead, agreement, asked);
    return requests.submit(lead, opened.id, opened.revision);
  });
  const assessed = await before('assess', () => decisions.assess(manager, id, revision));
  const approved = await before('decide', () =>
    decisions.approve(manager, id, assessed.revision, 'Illustrative: it is credible.'),
  );
  await before('apply', () => get(ChangeApplicationService).apply(manager, id, approved.revision));
}

const yearsOf = (plan: DemonstratedBenefit, profile: Record<string, number>) =>
  Object.entries(profile).map(([financialYear, planned]) => ({
    financialYear,
    planned: amountOf(plan, planned),
  }));

const amountOf = ({ type }: DemonstratedBenefit, value: number): number =>
  isMoney(type) ? pence(value) : value;

function draftOf(plan: DemonstratedBenefit) {
  const {
    code,
    name,
    description,
    type,
    unit = null,
    baseline,
    owner,
    ownerAfterClosure = null,
    profile,
  } = plan;
  return {
    ...{ code, name, description, type, unit, owner, ownerAfterClosure },
    baseline: baseline ? { ...baseline, value: amountOf(plan, baseline.value) } : null,
    profile: yearsOf(plan, profile),
  };
}
