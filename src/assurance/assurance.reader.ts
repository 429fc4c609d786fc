import { Injectable } from '@nestjs/common';
import { type Actor, may } from '../core/actor.js';
import { isDateOn } from '../core/calendar.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import {
  type AssuranceItemFilter,
  type AssuranceItemView,
  type AssuranceItemWithFiles,
  assuranceItem,
  assuranceItems,
  type LibraryOutcome,
  libraryOutcomes,
  NEVER,
  programmeOfItem,
} from './assurance-item.queries.js';
import { type AssuranceStep, openAssuranceSteps } from './assurance-item.rules.js';

/** A piece of assurance with the steps that its reader may take. */
export type ShownAssurance = Omit<AssuranceItemWithFiles, 'writerIds'> & { next: AssuranceStep[] };

/** Evidence of safety and governance as it is shown. */
@Injectable()
export class AssuranceReader {
  constructor(private readonly scope: ReadScope) {}

  /**
   * A page of the pieces that the reader may see, those that expire first first: a trust sees its own, and what was
   * accepted of products. @throws Problem 400 where the cursor is not one
   */
  async list(
    actor: Actor,
    filter: AssuranceItemFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<AssuranceItemView>> {
    const from = cursorValues(after, [isDateOn, isId]);
    const rows = await this.scope.run(actor, (sql) => assuranceItems(sql, filter, limit + 1, from));
    return pageOf(rows, limit, ({ expiresOn, id }) => [expiresOn ?? NEVER, id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownAssurance> {
    const found = await this.scope.run(actor, (sql) => assuranceItem(sql, id));
    if (!found) throw notFound('piece of assurance');
    return this.shown(actor, found);
  }

  /** The programme that a piece of assurance is shown under; null where it is of a product. */
  async programmeOf(actor: Actor, id: string): Promise<{ slug: string; name: string } | null> {
    return (await this.scope.run(actor, (sql) => programmeOfItem(sql, id))) ?? null;
  }

  /** A piece of assurance with the steps that its reader may take. */
  shown(actor: Actor, { writerIds, ...item }: AssuranceItemWithFiles): ShownAssurance {
    const { kind, state, documents, subject } = item;
    const hazardLog = documents.some((each) => each.hazardLog);
    const facts = { kind, state, writerIds, hazardLog };
    const by = {
      id: actor.id,
      ofTrust: actor.trustId !== null,
      prepares: may(actor, 'assurance:prepare'),
      reviews: may(actor, 'assurance:review'),
    };
    return { ...item, next: openAssuranceSteps(facts, subject.level, by) };
  }

  /**
   * A page of the outcomes of the apps library that were accepted, the latest first. It takes no reader, because it is
   * the same for anybody. @throws Problem 400 where the cursor is not one
   */
  async libraryOutcomes({ limit, after }: PageRequest): Promise<Page<LibraryOutcome>> {
    const from = cursorValues(after, [isDateOn, isId]);
    const rows = await this.scope.run({ trustId: null }, (sql) => libraryOutcomes(sql, limit + 1, from));
    return pageOf(rows, limit, ({ assessedOn, id }) => [assessedOn, id]);
  }
}
