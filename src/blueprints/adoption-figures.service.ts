import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import { refuseIfBlocked } from '../core/problems.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Adoption } from './adoption.entity.js';
import { FIGURES, type FiguresStep, figuresBlockers } from './adoption-figures.rules.js';

/** What somebody else than whoever recorded them finds of the days and the cost of an adoption. */
@Injectable()
export class AdoptionFiguresService {
  constructor(private readonly work: UnitOfWork) {}

  /** Finds them right: they count from now on, until they are written anew. @throws Problem 403, 404, 409, 412, 428 */
  validate(
    actor: Actor,
    id: string,
    revision: number | null,
    { note }: { note: string | null },
  ): Promise<{ id: string }> {
    return this.decide(actor, id, revision, 'validation', note);
  }

  /** Sends them back with the reason: whoever adopts writes them anew. @throws Problem 403, 404, 409, 412, 428 */
  reject(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<{ id: string }> {
    return this.decide(actor, id, revision, 'rejection', reason);
  }

  private decide(
    actor: Actor,
    id: string,
    revision: number | null,
    step: FiguresStep,
    note: string | null,
  ): Promise<{ id: string }> {
    return this.work.run({ actor, action: `adoption.${step}` }, async (tx) => {
      const row = await tx.lockRevision(Adoption, id, revision, 'adoption');
      requirePermission(actor, 'adoption:validate');
      const { state, figures_state: figures, recorded_by, figures_by } = row;
      const facts = { state, figures, recordedBy: [recorded_by, ...figures_by] };
      refuseIfBlocked('These figures cannot be decided on.', figuresBlockers(step, facts, actor.id));
      await tx.change(Adoption, row, {
        figures_state: FIGURES.next(step === 'validation' ? 'validate' : 'reject', figures),
        ...{ decided_by: actor.id, decided_at: tx.at, decision_note: note },
      });
      return { id };
    });
  }
}
