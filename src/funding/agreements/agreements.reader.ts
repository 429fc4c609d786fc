import { Injectable } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import {
  type AgreementFilter,
  type AgreementRowView,
  type AgreementVersionView,
  type AgreementView,
  agreement,
  agreements,
  agreementVersions,
} from './agreement.queries.js';
import { type AgreementVerb, openSteps } from './agreement.rules.js';

/** An agreement with the steps that its reader may take. */
export type ShownAgreement = AgreementView & { next: AgreementVerb[] };

/** Agreements as they are shown. Each reading throws Problem 404 where there is none. */
@Injectable()
export class AgreementsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
  ) {}

  /** A page of a programme's agreements. @throws Problem 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    filter: AgreementFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<AgreementRowView>> {
    const from = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      agreements(sql, id, filter, limit + 1, from),
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async one(actor: Actor, id: string): Promise<ShownAgreement> {
    const found = await this.scope.run(actor, (sql) => agreement(sql, id));
    if (!found) throw notFound('agreement');
    return this.shown(actor, found);
  }

  async versions(actor: Actor, id: string): Promise<AgreementVersionView[]> {
    const items = await this.scope.run(actor, (sql) => agreementVersions(sql, id));
    if (items.length === 0) throw notFound('agreement');
    return items;
  }

  /** An agreement with the steps that its reader may take. */
  shown(actor: Actor, view: AgreementView): ShownAgreement {
    const { preparedBy, editedBy } = view.current;
    const preparerIds = [preparedBy, ...editedBy].flatMap((person) => person?.id ?? []);
    const reader = { id: actor.id, may: (permission: Parameters<typeof may>[1]) => may(actor, permission) };
    return { ...view, next: openSteps({ state: view.state, preparerIds }, reader) };
  }
}
