import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import {
  type CountedPage,
  cursorValues,
  idIn,
  isId,
  isText,
  type Page,
  type PageRequest,
  pageOf,
} from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import type { Sql } from '../../database/sql.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { ContributionView } from './contribution.queries.js';
import { countsBecause, TYPE_RULES } from './contribution.rules.js';
import {
  type AgreementMatch,
  agreementMatches,
  fundedTrust,
  provedContributions,
  shortAgreements,
} from './match.queries.js';
import {
  type MatchFacts,
  type MatchPosition,
  type MatchTotals,
  matchPosition,
  matchTotals,
} from './match.rules.js';
import { type ScrutinisedContribution, scrutinisedIds, scrutinisedMatch } from './match-concerns.queries.js';
import { contributionConcerns, type MatchConcern, missingMatch } from './match-concerns.rules.js';
import { type ProgrammeMatchTotals, programmeMatchTotals } from './match-totals.queries.js';

/** What fits, by type, and the types that have a rule. */
const FITS = {
  fitting: Object.entries(TYPE_RULES).flatMap(([type, { valuations }]) =>
    valuations.map((valuation) => `${type} ${valuation}`),
  ),
  ruled: Object.keys(TYPE_RULES),
};

/** The position of an agreement's match, with whose it is. */
export type MatchStanding = Omit<AgreementMatch, 'facts'> & Pick<MatchFacts, 'ratio'> & MatchPosition;

/** Where an agreement comes in a list. */
const placeOf = ({ trust, agreement }: Pick<MatchStanding, 'trust' | 'agreement'>): string[] => [
  trust.odsCode,
  agreement.id,
];
const isPlace = [isText, isId];

/** The match of a programme on a day, a page of agreements at a time; the totals are of all. */
export type ProgrammeMatch = Page<MatchStanding> & { asOn: DateOn; totals: ProgrammeMatchTotals };

/** A contribution with why it counts, or does not. */
export type ExplainedContribution = ContributionView & { because: string };

/** The match of a trust on a day, by agreement, with all its contributions. */
export interface TrustMatch {
  asOn: DateOn;
  trust: { odsCode: string; name: string };
  totals: MatchTotals;
  agreements: Array<MatchStanding & { contributions: ExplainedContribution[] }>;
}

/** An agreement whose match is missing. */
export type MissingMatch = Pick<AgreementMatch, 'agreement' | 'trust' | 'illustrative'> & MatchConcern;

/** A contribution with what an auditor may want to look at. */
export type ConcernedContribution = Omit<ScrutinisedContribution, 'alike' | 'formerly'> & {
  concerns: MatchConcern[];
};

/** Match that is missing: a page of agreements, and what is missing under all of them in whole pence. */
export type MissingMatches = CountedPage<MissingMatch> & { amountPence: number };

/** What an auditor may want to look at: a page of contributions, and one of agreements whose match is missing. */
export type MatchConcerns = Page<ConcernedContribution> & { asOn: DateOn; missing: MissingMatches };

/** Which page of each is wanted. */
export type MatchConcernsRequest = PageRequest & { missing?: string | undefined };

/** What is to be looked at, counted. */
export interface MatchConcernCounts {
  asOn: DateOn;
  /** Agreements whose match is missing, and how much. */
  missing: { count: number; amountPence: number };
  /** Contributions, as many as were asked for; `more` where there are others. */
  contributions: number;
  more: boolean;
}

/** Match as it is shown. */
@Injectable()
export class MatchReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** The match of a programme, a page of agreements at a time; the totals are of all. @throws Problem 400, 404 */
  async programme(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<ProgrammeMatch> {
    const from = cursorValues(after, isPlace);
    const today = this.clock.today();
    return this.programmes.within(actor, slug, async (sql, id) => {
      const found = await agreementMatches(sql, id, { after: from }, limit + 1);
      const { items, next } = pageOf(found, limit, placeOf);
      const totals = await programmeMatchTotals(sql, id, today);
      return { asOn: today, totals, items: items.map((match) => matchStanding(match, today)), next };
    });
  }

  /** How much more match a trust needs, and what of its evidence counts. @throws Problem 404 */
  async trust(actor: Actor, slug: string, ods: string): Promise<TrustMatch> {
    const today = this.clock.today();
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      const trust = id && (await fundedTrust(sql, id, ods));
      if (!id || !trust) throw notFound('trust in this programme');
      const matches = await agreementMatches(sql, id, { trust: ods }, null);
      const proved = await provedContributions(
        sql,
        matches.map(({ agreement }) => agreement.id),
      );
      const standings = matches.map((match) => matchStanding(match, today));
      return {
        asOn: today,
        trust,
        totals: matchTotals(standings),
        agreements: standings.map((each) => ({
          ...each,
          contributions: proved
            .filter(({ agreement }) => agreement.id === each.agreement.id)
            .map((contribution) => ({ ...contribution, because: countsBecause(contribution) })),
        })),
      };
    });
  }

  /** What an auditor may want to look at of a programme's match. @throws Problem 400, 404 */
  async concerns(
    actor: Actor,
    slug: string,
    { limit, after, missing: missingAfter }: MatchConcernsRequest,
  ): Promise<MatchConcerns> {
    const from = idIn(after);
    const beyond = cursorValues(missingAfter, isPlace);
    const asOn = this.clock.today();
    return this.programmes.within(actor, slug, async (sql, id) => {
      const found = await scrutinisedIds(sql, id, FITS, limit + 1, from);
      const page = pageOf(found, limit, (each) => [each]);
      const rows = await scrutinisedMatch(sql, page.items);
      return {
        asOn,
        missing: await missingPage(sql, id, asOn, limit, beyond),
        items: rows.map((row) => {
          const { alike: _, formerly: __, ...shown } = row;
          return { ...shown, concerns: contributionConcerns(row) };
        }),
        next: page.next,
      };
    });
  }

  /** How much there is to be looked at, with `limit` contributions counted at most. @throws Problem 404 */
  async concernCounts(actor: Actor, slug: string, limit: number): Promise<MatchConcernCounts> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const found = await scrutinisedIds(sql, id, FITS, limit + 1, null);
      const { count, amountPence } = await shortAgreements(sql, id, 0, null);
      const contributions = Math.min(limit, found.length);
      return {
        asOn: this.clock.today(),
        missing: { count, amountPence },
        contributions,
        more: found.length > limit,
      };
    });
  }
}

/** Agreements whose match is missing, a page at a time, with why. */
async function missingPage(
  sql: Sql,
  programmeId: string,
  asOn: DateOn,
  limit: number,
  after: unknown[] | null,
): Promise<MissingMatches> {
  const { ids, count, amountPence } = await shortAgreements(sql, programmeId, limit + 1, after);
  const page = pageOf(await agreementMatches(sql, programmeId, { ids }, null), limit, placeOf);
  const items = page.items.flatMap((match) => {
    const concern = missingMatch(matchPosition(match.facts, asOn));
    const { agreement, trust, illustrative } = match;
    return concern ? [{ agreement, trust, ...concern, illustrative }] : [];
  });
  return { count, amountPence, items, next: page.next };
}

/** The position of an agreement's match on a day, with whose it is. */
export function matchStanding({ facts, ...of }: AgreementMatch, today: DateOn): MatchStanding {
  return { ...of, ratio: facts.ratio, ...matchPosition(facts, today) };
}
