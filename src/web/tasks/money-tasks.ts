import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { ContributionsReader } from '../../funding/match/contributions.reader.js';
import { MatchReader } from '../../funding/match/match.reader.js';
import { PaymentsReader } from '../../funding/payments/payments.reader.js';
import { acceptanceTasks, agreementTasks, claimTasks, matchTasks, paymentTasks } from './money-rows.js';
import { LISTED, type Task } from './task.js';

/** What waits for somebody of the money: claims, payments, agreements, match. */
@Injectable()
export class MoneyTasks {
  constructor(
    private readonly claims: ClaimsReader,
    private readonly payments: PaymentsReader,
    private readonly agreements: AgreementsReader,
    private readonly match: MatchReader,
    private readonly contributions: ContributionsReader,
    private readonly clock: Clock,
  ) {}

  /** Claims of every programme that wait for somebody. */
  async ofClaims(actor: Actor): Promise<Task[]> {
    if (!may(actor, 'money:read')) return [];
    const { items } = await this.claims.list(actor, { awaiting: 'me', limit: LISTED });
    return claimTasks(actor, items);
  }

  async of(actor: Actor, slug: string): Promise<Task[]> {
    const tasks = [
      await this.ofPayments(actor, slug),
      await this.ofAgreements(actor, slug),
      await this.ofMatch(actor, slug),
      await this.ofAcceptance(actor, slug),
    ];
    return tasks.flat();
  }

  private async ofPayments(actor: Actor, slug: string): Promise<Task[]> {
    if (!may(actor, 'payment:make')) return [];
    const filter = { state: 'scheduled', trust: null, from: null, to: null };
    const { items } = await this.payments.list(actor, slug, filter, { limit: LISTED });
    return paymentTasks(items, this.clock.today());
  }

  private async ofAgreements(actor: Actor, slug: string): Promise<Task[]> {
    const tasks: Task[] = [];
    for (const [verb, state, permission] of [
      ['Sign', 'offered', 'agreement:sign'],
      ['Approve', 'in-due-diligence', 'agreement:approve'],
      ['Bring into force', 'signed', 'agreement:approve'],
    ] as const) {
      if (!may(actor, permission)) continue;
      const { items } = await this.agreements.list(actor, slug, { trust: null, state }, { limit: LISTED });
      tasks.push(...agreementTasks(verb, items));
    }
    return tasks;
  }

  private async ofMatch(actor: Actor, slug: string): Promise<Task[]> {
    if (actor.trustId === null || !may(actor, 'match:record')) return [];
    const { items } = await this.match.programme(actor, slug, { limit: LISTED });
    return matchTasks(slug, items, this.clock.today());
  }

  private async ofAcceptance(actor: Actor, slug: string): Promise<Task[]> {
    if (!may(actor, 'match:accept')) return [];
    const { items } = await this.match.programme(actor, slug, { limit: LISTED });
    const tasks: Task[] = [];
    for (const { agreement } of items.filter(({ evidencedPence }) => evidencedPence > 0)) {
      const filter = { state: 'evidenced' };
      const page = await this.contributions.ofAgreement(actor, agreement.id, filter, { limit: LISTED });
      tasks.push(
        ...acceptanceTasks(
          page.items.filter(({ recordedBy }) => recordedBy.every(({ id }) => id !== actor.id)),
        ),
      );
    }
    return tasks;
  }
}
