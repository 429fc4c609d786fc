import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { forbidden, notFound, refuseIfBlocked, unprocessable } from '../core/problems.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { programmeId } from '../programmes/programme.queries.js';
import { Deployment } from './assurance.entity.js';
import { deploymentBlockers, endBlockers } from './deployment.rules.js';
import { type DeploymentView, deployment, productOfVersion } from './product.queries.js';
import { deployedProject } from './subject.queries.js';

/** Which version of which product a project uses, and from which day: it makes what applies concrete. */
@Injectable()
export class DeploymentService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly config: Config,
  ) {}

  /**
   * Records that a project of the actor's trust uses a version from a day on, which may be still to come.
   * @param wanted.project its code; `wanted.version` the id of the version
   * @throws Problem 403, 404; 409 before the version was released, or where the use is recorded; 422 for a version or
   * project that is not there
   */
  record(
    actor: Actor,
    slug: string,
    { project, version, fromOn }: { project: string; version: string; fromOn: DateOn },
  ): Promise<DeploymentView> {
    return this.work.run({ actor, action: 'deployment.record' }, async (tx) => {
      requirePermission(actor, 'assurance:prepare');
      requireTrust(actor);
      const programme = await programmeId(tx, slug);
      if (!programme) throw notFound('programme');
      const owner = await deployedProject(tx, programme, project);
      const product = await productOfVersion(tx, version);
      if (!owner) throw unknown('project', 'This programme has no project of yours with this code.');
      if (!product) throw unknown('version', 'No product has this version. Look for its id at the product.');
      refuseIfBlocked(
        'This version cannot be in use so.',
        deploymentBlockers({ fromOn, releasedOn: product.releasedOn }),
      );
      const { id } = await tx.insert(Deployment, {
        programme_id: programme,
        trust_id: owner.trustId,
        project_id: owner.id,
        product_id: product.productId,
        product_version_id: version,
        from_on: fromOn,
        recorded_by: actor.id,
        illustrative: this.config.demonstration,
      });
      return (await deployment(tx, id)) as DeploymentView;
    });
  }

  /** Ends the use of a version, with its last day. @throws Problem 403, 404, 409, 412, 428 */
  end(
    actor: Actor,
    id: string,
    revision: number | null,
    { toOn }: { toOn: DateOn },
  ): Promise<DeploymentView> {
    return this.work.run({ actor, action: 'deployment.end' }, async (tx) => {
      const row = await tx.lockRevision(Deployment, id, revision, 'deployment');
      requirePermission(actor, 'assurance:prepare');
      requireTrust(actor);
      refuseIfBlocked('This use cannot end so.', endBlockers({ fromOn: row.from_on, toOn: row.to_on }, toOn));
      await tx.change(Deployment, row, { to_on: toOn });
      return (await deployment(tx, id)) as DeploymentView;
    });
  }
}

/** @throws Problem 403 where the actor acts for no trust: what a trust uses is the trust's to say */
function requireTrust({ trustId }: Actor): void {
  if (trustId === null)
    throw forbidden('What a project uses is recorded by its trust. Ask the project lead there.');
}

function unknown(field: string, message: string) {
  return unprocessable(`unknown-${field}`, message, [
    { code: `unknown-${field}`, message, pointer: `/${field}` },
  ]);
}
