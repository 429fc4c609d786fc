import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { idIn, type Page, pageOf } from '../../core/paging.js';
import type { Sql } from '../../database/sql.js';
import { type AmendedClaim } from '../../funding/claims/claim-amendment.queries.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type Amendment, ProgressReportsReader } from '../../progress-reports/progress-reports.reader.js';
import {
  type SupersededMeasurement,
  supersededMeasurements,
  type VariedAgreement,
  variedAgreements,
} from './amendments.queries.js';

/** What was amended after submission: a page of each kind. */
export interface Amendments {
  returns: Page<Amendment>;
  claims: Page<AmendedClaim>;
  agreements: Page<VariedAgreement>;
  measurements: Page<SupersededMeasurement>;
}

/** Which page of each kind is wanted: how many, and after which cursors. */
export type AmendmentsRequest = { limit: number } & { [Kind in keyof Amendments]?: string | undefined };

type Rows<Row> = (sql: Sql, programmeId: string, limit: number, before: string | null) => Promise<Row[]>;

/** What was amended after submission, by whom, why (domain.md section 11, auditor 7). */
@Injectable()
export class AmendmentsReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly returns: ProgressReportsReader,
    private readonly claims: ClaimsReader,
  ) {}

  /** A page of each kind, the latest first. @throws Problem 404; 400 where a cursor is not one */
  async of(actor: Actor, slug: string, { limit, ...after }: AmendmentsRequest): Promise<Amendments> {
    const [returns, claims, agreements, measurements] = await Promise.all([
      this.returns.amendments(actor, slug, { limit, after: after.returns }),
      this.claims.amendments(actor, slug, { limit, after: after.claims }),
      this.page(actor, slug, variedAgreements, limit, after.agreements),
      this.page(actor, slug, supersededMeasurements, limit, after.measurements),
    ]);
    return { returns, claims, agreements, measurements };
  }

  private async page<Row extends { id: string }>(
    actor: Actor,
    slug: string,
    read: Rows<Row>,
    limit: number,
    after: string | undefined,
  ): Promise<Page<Row>> {
    const before = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) => read(sql, id, limit + 1, before));
    return pageOf(rows, limit, ({ id }) => [id]);
  }
}
