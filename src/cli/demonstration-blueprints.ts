import { randomUUID } from 'node:crypto';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { ProductsReader } from '../assurance/products.reader.js';
import { AdoptionService } from '../blueprints/adoption.service.js';
import { AdoptionFiguresService } from '../blueprints/adoption-figures.service.js';
import { AdoptionsReader } from '../blueprints/adoptions.reader.js';
import { BlueprintService } from '../blueprints/blueprint.service.js';
import { BlueprintContactsService } from '../blueprints/blueprint-contacts.service.js';
import type { ChosenProduct } from '../blueprints/blueprint-product.rules.js';
import { BlueprintStepsService } from '../blueprints/blueprint-steps.service.js';
import { BlueprintsReader } from '../blueprints/blueprints.reader.js';
import { PairingService } from '../blueprints/pairing.service.js';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { addDays } from '../core/calendar.js';
import type {
  DemonstratedAdoption,
  DemonstratedBlueprint,
  DemonstratedPairing,
} from './demonstration-blueprints.plan.js';
import { DemonstrationCast } from './demonstration-cast.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { demonstrationPlan, pence } from './demonstration-plan.js';

/**
 * Plays illustrative blueprints, what others do with them, and what was decided of followers, through the real services.
 * Where there is any blueprint of the programme, nothing is played.
 */
export class DemonstrationBlueprints {
  private readonly cast: DemonstrationCast;

  constructor(
    private readonly app: INestApplicationContext,
    keys: readonly DemonstrationKey[],
  ) {
    this.cast = new DemonstrationCast(app, keys, randomUUID());
  }

  /** What the ledger says has to be there before: a blueprint shows it. */
  async play(): Promise<void> {
    const { programme, blueprints, pairings } = demonstrationPlan();
    const manager = await this.cast.person('programme-manager');
    const whole = { state: null, trust: null, project: null };
    const { items } = await this.of(BlueprintsReader).ofProgramme(manager, programme, whole, { limit: 1 });
    if (items.length > 0) return;
    await this.decide(manager, programme, pairings);
    for (const each of blueprints) await this.write(manager, programme, each);
  }

  private of<T>(service: Type<T>): T {
    return this.app.get(service, { strict: false });
  }

  private async decide(
    manager: Actor,
    programme: string,
    decided: readonly DemonstratedPairing[],
  ): Promise<void> {
    const { items } = await this.of(AdoptionsReader).pairings(manager, programme, { limit: 200 });
    for (const { follower, reason, award } of decided) {
      const pairing = items.find((each) => each.follower.odsCode === follower);
      if (pairing?.state !== 'proposed') continue;
      await this.of(PairingService).confirm(manager, pairing.id, pairing.revision, reason);
      if (award)
        await this.of(PairingService).recordAward(manager, pairing.id, pairing.revision + 1, {
          awardPence: pence(award.pounds),
          matchPence: pence(award.match),
          source: award.source,
        });
    }
  }

  private async write(manager: Actor, programme: string, plan: DemonstratedBlueprint): Promise<void> {
    const lead = await this.cast.person('trust-lead', plan.trust);
    const assessor = await this.cast.person('assessor');
    const [drafts, steps] = [this.of(BlueprintService), this.of(BlueprintStepsService)];
    const { id } = await drafts.begin(lead, programme, plan.project);
    const at = async () => (await this.of(BlueprintsReader).one(manager, id)).revision;
    const products = await this.registered(lead, plan.products);
    await drafts.write(lead, id, await at(), {
      ...plan.content,
      ...(products.length > 0 ? { products } : {}),
    });
    await drafts.nameContact(lead, id, await at(), plan.contact);
    const { today, days } = demonstrationPlan();
    const before = (step: keyof typeof days.blueprint, work: () => Promise<unknown>) =>
      this.of(Clock).playing(addDays(today, -days.blueprint[step]), work);
    await before('submit', async () => steps.submit(lead, id, await at()));
    await before('review', async () => steps.review(assessor, id, await at()));
    if (plan.until === 'in-review') return;
    await before('publish', async () => steps.publish(manager, id, await at()));
    await this.use(manager, lead, id, plan);
  }

  private async registered(lead: Actor, names: readonly string[]): Promise<ChosenProduct[]> {
    const register = await this.of(ProductsReader).choices(lead, 200);
    return register
      .filter(({ name }) => names.includes(name))
      .map(({ id, versions }) => ({ product: id, version: versions[0]?.id ?? null }));
  }

  private async use(manager: Actor, lead: Actor, id: string, plan: DemonstratedBlueprint): Promise<void> {
    const contacts = this.of(BlueprintContactsService);
    for (const { trust, question, answer } of plan.questions) {
      const asker = await this.cast.person('trust-lead', trust);
      const asked = await contacts.ask(asker, id, { question, organisation: null });
      if (answer) await contacts.answer(lead, asked.id, asked.revision, answer);
    }
    for (const { trust, visitedOn, words } of plan.visits)
      await contacts.visit(await this.cast.person('trust-lead', trust), id, {
        ...{ organisation: null, visitedOn, words },
      });
    for (const each of plan.adoptions)
      await this.adopt(
        each.by === 'funder' ? manager : await this.cast.person('trust-lead', each.organisation),
        id,
        each,
      );
  }

  private async adopt(actor: Actor, blueprint: string, plan: DemonstratedAdoption): Promise<void> {
    const service = this.of(AdoptionService);
    const { organisation, mode, startedOn, liveOn, costPence } = plan;
    const begun = { organisation, mode, localChanges: plan.changes };
    const { id } = await service.begin(actor, blueprint, begun);
    let revision = 1;
    if (startedOn) await service.start(actor, id, revision++, startedOn);
    if (costPence !== null)
      await service.write(actor, id, revision++, {
        costPence,
        costBasis: 'Illustrative: invoices and staff time',
      });
    if (liveOn) await service.goLive(actor, id, revision++, liveOn);
    if (plan.validated) {
      const note = 'Illustrative: the invoices were looked at.';
      const assessor = await this.cast.person('assessor');
      await this.of(AdoptionFiguresService).validate(assessor, id, revision++, { note });
    }
    if (plan.abandonedOn)
      await service.abandon(actor, id, revision, { on: plan.abandonedOn, reason: plan.because ?? '' });
  }
}
