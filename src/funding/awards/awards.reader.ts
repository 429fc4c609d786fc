import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { cursorValues, isText, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type AwardedTrust, type AwardView, awards, awardsToAgree } from './award.queries.js';

/** Awards as they are shown. */
@Injectable()
export class AwardsReader {
  constructor(private readonly programmes: ProgrammesReader) {}

  /** A page of a programme's awards, by trust. @throws Problem 404; 400 where the cursor is not one */
  async ofProgramme(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<AwardView>> {
    const from = cursorValues(after, [isText, isText]);
    const rows = await this.programmes.within(actor, slug, (sql, id) => awards(sql, id, limit + 1, from));
    return pageOf(rows, limit, ({ trust }) => [trust.name, trust.odsCode]);
  }

  /** The trusts whose award has no agreement that stands, `limit` at most. @throws Problem 404 */
  toAgree(actor: Actor, slug: string, limit: number): Promise<AwardedTrust[]> {
    return this.programmes.within(actor, slug, (sql, id) => awardsToAgree(sql, id, limit));
  }
}
