import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { AssuranceDocumentService } from '../assurance/assurance-document.service.js';
import type { AssuranceItemWithFiles } from '../assurance/assurance-item.queries.js';
import { AssuranceItemService } from '../assurance/assurance-item.service.js';
import { type AssuranceKind, KINDS } from '../assurance/assurance-kinds.js';
import { AssuranceStepsService } from '../assurance/assurance-steps.service.js';
import { DeploymentService } from '../assurance/deployment.service.js';
import { ProductService } from '../assurance/product.service.js';
import { ProductsReader } from '../assurance/products.reader.js';
import { Clock } from '../config/clock.js';
import { type Actor, systemActor } from '../core/actor.js';
import { addDays, type DateOn } from '../core/calendar.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AssuranceNoticeService } from '../milestones/assurance-notice.service.js';
import { DemonstrationCast } from './demonstration-cast.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { type DemonstratedAssurance, demonstrationPlan } from './demonstration-plan.js';

/** A piece of evidence as it is played: until where it gets. */
interface Played {
  kind: AssuranceKind;
  subject: string;
  outcome?: string | null;
  expiresOn?: DateOn | null;
  until?: 'draft' | 'submitted' | 'accepted';
}

/** Plays the illustrative products and their evidence, as the funder and trusts would. Where any product is, nothing is. */
export async function playAssurance(
  app: INestApplicationContext,
  keys: readonly DemonstrationKey[],
): Promise<void> {
  await new DemonstrationAssurance(app, keys).play();
}

class DemonstrationAssurance {
  private readonly system = systemActor('demonstration', randomUUID());
  private readonly cast: DemonstrationCast;
  private readonly plan = demonstrationPlan();

  constructor(
    private readonly app: INestApplicationContext,
    keys: readonly DemonstrationKey[],
  ) {
    this.cast = new DemonstrationCast(app, keys, this.system.requestId);
  }

  async play(): Promise<void> {
    const { items } = await this.get(ProductsReader).list(this.system, null, { limit: 1 });
    if (items.length > 0) return;
    await this.after(0, () => this.playAll());
    // What is told each morning, for the first time.
    await this.get(UnitOfWork).run({ actor: this.system, action: 'assurance.notice' }, (tx) =>
      this.get(AssuranceNoticeService).write(tx),
    );
  }

  private async playAll(): Promise<void> {
    const { products, organisations, deployments } = this.plan.assurance;
    const versions = new Map<string, string>();
    await Promise.all(
      products.map(async (product) => versions.set(product.name, await this.playProduct(product))),
    );
    await Promise.all(organisations.map((each) => this.playOrganisation(each)));
    await Promise.all(
      deployments.map((each) => this.playDeployment(each, versions.get(each.product) as string)),
    );
  }

  /** So many days after it was signed. */
  private after<T>(days: number, work: () => Promise<T>): Promise<T> {
    return this.get(Clock).playing(addDays(this.plan.assurance.signedOn, days), work);
  }

  private get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get(type as never, { strict: false });
  }

  /** @returns the id of its version */
  private async playProduct(given: DemonstratedAssurance['products'][number]): Promise<string> {
    const { device, library, version, releasedOn, ...content } = given;
    const manager = await this.cast.person('programme-manager');
    const service = this.get(ProductService);
    const { id, revision } = await service.record(manager, content);
    const { versionList } = await service.addVersion(manager, id, revision, {
      version: String(version),
      releasedOn,
    });
    const subject = versionList[0]?.id as string;
    await this.evidence(manager, { kind: 'dcb0129', subject });
    await this.evidence(manager, { kind: 'device-status', subject: id, outcome: device });
    if (library) await this.evidence(manager, { kind: 'library-outcome', subject: id, outcome: library });
    return subject;
  }

  private async playOrganisation(given: DemonstratedAssurance['organisations'][number]): Promise<void> {
    const { trust, caldicott, dspt, dsptUntil } = given;
    const lead = await this.cast.person('trust-lead', trust);
    if (caldicott) await this.evidence(lead, { kind: 'caldicott', subject: trust });
    await this.evidence(lead, { kind: 'dspt', subject: trust, outcome: dspt, expiresOn: dsptUntil });
  }

  private async playDeployment(
    { trust, project, fromOn, safety, dpia }: DemonstratedAssurance['deployments'][number],
    version: string,
  ): Promise<void> {
    const lead = await this.cast.person('trust-lead', trust);
    const wanted = { project, version, fromOn };
    const deployed = await this.get(DeploymentService).record(lead, this.plan.programme, wanted);
    await this.evidence(lead, { kind: 'dcb0160', subject: deployed.id, until: safety });
    if (dpia) await this.evidence(lead, { kind: 'dpia', subject: deployed.project.id });
  }

  private async evidence(writer: Actor, played: Played): Promise<void> {
    const { kind, subject, outcome = null, expiresOn = null, until = 'accepted' } = played;
    const { signedBy, signedOn, document } = this.plan.assurance;
    const content = { version: '1.0', signedBy, signedOn, expiresOn, outcome, document };
    let item = await this.get(AssuranceItemService).begin(writer, { kind, subject, ...content });
    if (until === 'draft') return;
    if (KINDS[kind].hazardLog) item = await this.hazardLog(writer, item);
    const steps = this.get(AssuranceStepsService);
    const { submit, decide } = this.plan.days.assurance;
    item = await this.after(submit, () => steps.submit(writer, item.id, item.revision));
    if (until === 'submitted') return;
    const reason = 'Illustrative: looked at with the board.';
    const assessor = await this.cast.person('assessor');
    await this.after(decide, () => steps.accept(assessor, item.id, item.revision, { reason }));
  }

  private hazardLog(
    writer: Actor,
    { id, reference }: AssuranceItemWithFiles,
  ): Promise<AssuranceItemWithFiles> {
    return this.get(AssuranceDocumentService).add(writer, id, true, {
      file: Readable.from([`${this.plan.evidence.text}\nHazard log of ${reference}\n`]),
      fileName: 'illustrative-hazard-log.txt',
      declaredType: 'text/plain',
      description: 'Illustrative hazard log',
    });
  }
}
