import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { notFound, refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { programmeId } from '../programmes/programme.queries.js';
import { Blueprint, BlueprintAttachment, BlueprintVersion } from './blueprint.entity.js';
import type { BlueprintContactPoint } from './blueprint.queries.js';
import { BLUEPRINT, type BlueprintContent, LIMITS, newVersionBlockers } from './blueprint.rules.js';
import { columnsOf, contentOf, lockBlueprint } from './blueprint-lock.js';
import type { ChosenProduct } from './blueprint-product.rules.js';
import { chooseProducts, copyProducts } from './blueprint-products.js';
import { type ProjectBeginning, projectBeginning } from './snapshot.queries.js';

/** What a service answers: the id of the blueprint, whose readings say the rest. */
export interface BlueprintId {
  id: string;
}

/** What is written in a draft; what is undefined is left as it is. */
export type WrittenBlueprint = Partial<BlueprintContent> & { products?: readonly ChosenProduct[] };

/** Drafts of blueprints: begun from a project, written by its trust, begun again after they were published. */
@Injectable()
export class BlueprintService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** Begins a blueprint of a project, with what the record says of it. @throws Problem 403; 404 without such a project of the trust */
  begin(actor: Actor, slug: string, project: string): Promise<BlueprintId> {
    return this.work.run({ actor, action: 'blueprint.begin' }, async (tx) => {
      requirePermission(actor, 'blueprint:prepare');
      const programme = await programmeId(tx, slug);
      if (!programme) throw notFound('programme');
      const beginning = await projectBeginning(tx, programme, project);
      if (!beginning) throw notFound('project');
      const illustrative = this.config.demonstration;
      const whose = { programme_id: programme, trust_id: beginning.trustId, illustrative };
      const blueprint = await tx.insert(Blueprint, { ...whose, project_id: beginning.id });
      const version = await tx.insert(BlueprintVersion, {
        ...whose,
        ...columnsOf(prefilled(beginning)),
        blueprint_id: blueprint.id,
        number: 1,
        state: BLUEPRINT.initial,
        prepared_by: [actor.id],
      });
      await chooseProducts(tx, version, beginning.products.slice(0, LIMITS.products));
      return { id: blueprint.id };
    });
  }

  /** Begins the next version from the newest; one that was queried is superseded by it. @throws Problem 403, 404, 409, 412, 428 */
  beginVersion(actor: Actor, id: string, revision: number | null): Promise<BlueprintId> {
    return this.work.run({ actor, action: 'blueprint.begin-version' }, async (tx) => {
      const { blueprint, latest } = await lockBlueprint(tx, id, revision);
      requirePermission(actor, 'blueprint:prepare');
      refuseIfBlocked('No new version of this blueprint can be begun now.', newVersionBlockers(latest.state));
      if (latest.state === 'queried')
        await tx.change(BlueprintVersion, latest, {
          state: BLUEPRINT.next('supersede', latest.state),
          ended_because: 'Corrected in a new version.',
        });
      const begun = await tx.insert(BlueprintVersion, this.next(latest, actor));
      await copyProducts(tx, latest.id, begun.id);
      await this.copyAttachments(tx, latest.id, begun.id);
      await tx.change(Blueprint, blueprint, {});
      return { id };
    });
  }

  /** Writes in the draft; what is undefined is left as it is. @throws Problem 403, 404, 409 where there is no draft, 412, 422, 428 */
  write(
    actor: Actor,
    id: string,
    revision: number | null,
    { products, ...content }: WrittenBlueprint,
  ): Promise<BlueprintId> {
    return this.work.run({ actor, action: 'blueprint.write' }, async (tx) => {
      const { blueprint, latest } = await lockBlueprint(tx, id, revision);
      requirePermission(actor, 'blueprint:prepare');
      refuseIfBlocked(
        'Only a draft is written in. Begin a new version first.',
        BLUEPRINT.blockers('submit', latest.state),
      );
      if (products) await chooseProducts(tx, latest, products);
      const authors = [...new Set([...latest.prepared_by, actor.id])];
      await tx.change(BlueprintVersion, latest, { ...columnsOf(content), prepared_by: authors });
      await tx.change(Blueprint, blueprint, {});
      return { id };
    });
  }

  /** Says who is asked about a blueprint: they may change without a new version. @throws Problem 403, 404, 412, 428 */
  nameContact(
    actor: Actor,
    id: string,
    revision: number | null,
    { role, address }: BlueprintContactPoint,
  ): Promise<BlueprintId> {
    return this.work.run({ actor, action: 'blueprint.name-contact' }, async (tx) => {
      const { blueprint } = await lockBlueprint(tx, id, revision);
      requirePermission(actor, 'blueprint:prepare');
      await tx.change(Blueprint, blueprint, {
        contact_role: role,
        contact_address: address,
        contact_id: actor.id,
      });
      return { id };
    });
  }

  private next(latest: BlueprintVersion, actor: Actor): Partial<BlueprintVersion> {
    return {
      ...columnsOf(contentOf(latest)),
      programme_id: latest.programme_id,
      trust_id: latest.trust_id,
      blueprint_id: latest.blueprint_id,
      number: latest.number + 1,
      state: BLUEPRINT.initial,
      prepared_by: [actor.id],
      illustrative: this.config.demonstration,
    };
  }

  private async copyAttachments(tx: Tx, from: string, to: string): Promise<void> {
    const files = await tx.manager.find(BlueprintAttachment, {
      where: { version_id: from, removed: false },
      order: { id: 'asc' },
    });
    for (const { id: _, ...file } of files)
      await tx.insert(BlueprintAttachment, { ...file, version_id: to, revision: 1 });
  }
}

const cut = (text: string, max: number): string => text.slice(0, max);

/** What a draft of a project begins with. */
function prefilled(of: ProjectBeginning): Partial<BlueprintContent> {
  return {
    what: cut(of.name, LIMITS.part),
    where: cut(of.trustName, LIMITS.part),
    problem: cut(of.description, LIMITS.text),
    scope: cut(of.goals.join('\n'), LIMITS.text),
    supplier: cut(of.suppliers.join(', '), LIMITS.line),
  };
}
