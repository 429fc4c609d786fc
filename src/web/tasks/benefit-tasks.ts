import { Injectable } from '@nestjs/common';
import type { BenefitActualView, BenefitView } from '../../benefits/benefit.queries.js';
import type { LateBenefit } from '../../benefits/benefit-gaps.queries.js';
import { BenefitsReader } from '../../benefits/benefits.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { LISTED, type Task } from './task.js';

const DRAFTS = { trust: null, project: null, type: null, state: 'draft' } as const;

/** What waits for somebody of benefits: years to report, drafts to agree, reports to validate. */
export function benefitTasks(
  actor: Actor,
  found: {
    late: readonly LateBenefit[];
    drafts: readonly BenefitView[];
    reported: readonly BenefitActualView[];
  },
): Task[] {
  const noteOf = (trust: { name: string }) => (actor.trustId === null ? trust.name : null);
  return [
    ...found.late.map(
      ({ benefit, trust, year, dueOn }): Task => ({
        group: 'Benefits',
        title: `Report what ${benefit.name} brought in ${year}`,
        note: noteOf(trust),
        href: `/benefits/${benefit.id}`,
        dueOn,
        status: { words: 'Overdue', colour: 'red' },
      }),
    ),
    ...found.drafts.map(
      ({ id, name, trust }): Task => ({
        group: 'Benefits',
        title: `Agree the benefit ${name}`,
        note: noteOf(trust),
        href: `/benefits/${id}`,
        dueOn: null,
        status: { words: 'To agree', colour: 'blue' },
      }),
    ),
    ...found.reported.map(
      ({ id, benefit, trust, year }): Task => ({
        group: 'Benefits',
        title: `Validate what ${benefit.name} brought in ${year}`,
        note: noteOf(trust),
        href: `/benefit-actuals/${id}`,
        dueOn: null,
        status: { words: 'To validate', colour: 'blue' },
      }),
    ),
  ];
}

/** What waits for somebody of a programme's benefits. */
@Injectable()
export class BenefitTasks {
  constructor(private readonly benefits: BenefitsReader) {}

  async of(actor: Actor, slug: string): Promise<Task[]> {
    const page = { limit: LISTED };
    const records = may(actor, 'benefit:record');
    const late = records ? (await this.benefits.late(actor, slug, page)).items : [];
    const drafts = may(actor, 'benefit:agree')
      ? (await this.benefits.list(actor, slug, DRAFTS, page)).items
      : [];
    const reported = may(actor, 'benefit:validate')
      ? (await this.benefits.unvalidated(actor, slug, page)).items.filter(({ state }) => state === 'reported')
      : [];
    return benefitTasks(actor, { late, drafts, reported });
  }
}
