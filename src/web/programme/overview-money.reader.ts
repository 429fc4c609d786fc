import { Injectable } from '@nestjs/common';
import type { ChangeRequestRow } from '../../change-requests/change-requests.reader.js';
import { ChangeRequestsReader } from '../../change-requests/change-requests.reader.js';
import { type YearEndPosition, YearEndReader } from '../../change-requests/year-end.reader.js';
import type { Actor } from '../../core/actor.js';
import { cursorOf, type Page } from '../../core/paging.js';
import type { ClaimRowView } from '../../funding/claims/claim-lists.queries.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { SOON_DAYS } from '../../funding/gates/gate.queries.js';
import type { GateView } from '../../funding/gates/gate.service.js';
import { GatesReader } from '../../funding/gates/gates.reader.js';
import { MatchReader, type ProgrammeMatch } from '../../funding/match/match.reader.js';
import { MoneyReader } from '../../funding/money.reader.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import { LISTED } from './programme.words.js';

/** Sorts after every ODS code, which have twelve characters at most. */
const AFTER_ALL = 'Z'.repeat(13);

/** What of a programme's money its overview is made of. */
export interface OverviewMoney {
  money: ProgrammeMoneyView;
  match: ProgrammeMatch;
  /** Those within `SOON_DAYS`. */
  gates: Page<GateView>;
  /** Of the financial year of today. */
  yearEnd: YearEndPosition;
  /** Those that wait for the reader, the longest wait first. */
  awaiting: Page<ClaimRowView>;
  pending: Page<ChangeRequestRow>;
}

/** A programme's money for its overview. */
@Injectable()
export class OverviewMoneyReader {
  constructor(
    private readonly money: MoneyReader,
    private readonly match: MatchReader,
    private readonly gates: GatesReader,
    private readonly yearEnds: YearEndReader,
    private readonly claims: ClaimsReader,
    private readonly changes: ChangeRequestsReader,
  ) {}

  /** @param afterTrust the trusts whose money is shown are those after this name. @throws Problem 404 */
  async read(actor: Actor, slug: string, afterTrust: string | null): Promise<OverviewMoney> {
    const few = { limit: LISTED };
    // Whoever took an agreement over has money too, and is no awardee.
    const trusts = {
      limit: 2 * LISTED,
      after: afterTrust === null ? undefined : cursorOf([afterTrust, AFTER_ALL]),
    };
    const whole = { trust: null, financialYear: null, kind: null };
    const [money, match, gates, yearEnd, awaiting, pending] = await Promise.all([
      this.money.programme(actor, slug, whole, trusts),
      this.match.programme(actor, slug, { limit: 1 }),
      this.gates.list(actor, slug, { trust: null, withinDays: SOON_DAYS }, few),
      this.yearEnds.position(actor, slug, undefined, { limit: 1 }),
      this.claims.list(actor, { ...few, programme: slug, awaiting: 'me' }),
      this.changes.ofProgramme(actor, slug, { ...few, state: 'pending' }),
    ]);
    return { money: JSON.parse(money.json) as ProgrammeMoneyView, match, gates, yearEnd, awaiting, pending };
  }
}
