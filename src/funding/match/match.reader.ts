import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import { cursorValues, idIn, isId, isText, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { ContributionView } from './contribution.queries.js';
import { countsBecause, TYPE_RULES } from './contribution.rules.js';
import { type AgreementMatch, agreementMatches, fundedTrust, provedContributions } from './match.queries.js';
import {
  type MatchFacts,
  type MatchPosition,
  type MatchTotals,
  matchPosition,
  matchTotals,
} from './match.rules.js';
import { type ScrutinisedContribution, scrutinisedMatch } from './match-concerns.queries.js';
import { contributionConcerns, type MatchConcern, missingMatch } from './match-concerns.rules.js';

/** What fits, by type. */
const FITTING = Object.entries(TYPE_RULES).flatMap(([type, { valuations }]) =>
  valuations.map((valuation) => `${type} ${valuation}`),
);

/** The position of an agreement's match, with whose it is. */
export type MatchStanding = Omit<AgreementMatch, 'facts'> & Pick<MatchFacts, 'ratio'> & MatchPosition;

/** Where an agreement comes in the list. */
const placeOf = ({ trust, agreement }: Pick<MatchStanding, 'trust' | 'agreement'>): string =>
  `${trust.odsCode} ${agreement.id}`;

/** The match of a programme on a day, a page of agreements at a time; the totals are of all. */
export type ProgrammeMatch = Page<MatchStanding> & { asOn: DateOn; totals: MatchTotals };

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

/** What an auditor may want to look at: a page of contributions, and all agreements whose match is missing. */
export type MatchConcerns = Page<ConcernedContribution> & { asOn: DateOn; missing: MissingMatch[] };

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
    const from = cursorValues(after, [isText, isId]);
    const today = this.clock.today();
    const found = await this.programmes.within(actor, slug, (sql, id) => agreementMatches(sql, id, null));
    const standings = found.map((match) => matchStanding(match, today));
    const wanted = standings.filter((each) => from === null || placeOf(each) > from.join(' '));
    const page = pageOf(wanted, limit, ({ trust, agreement }) => [trust.odsCode, agreement.id]);
    return { asOn: today, totals: matchTotals(standings), ...page };
  }

  /** How much more match a trust needs, and what of its evidence counts. @throws Problem 404 */
  async trust(actor: Actor, slug: string, ods: string): Promise<TrustMatch> {
    const today = this.clock.today();
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      const trust = id && (await fundedTrust(sql, id, ods));
      if (!id || !trust) throw notFound('trust in this programme');
      const matches = await agreementMatches(sql, id, ods);
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
  async concerns(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<MatchConcerns> {
    const from = idIn(after);
    const today = this.clock.today();
    return this.programmes.within(actor, slug, async (sql, id) => {
      const fits = { fitting: FITTING, ruled: Object.keys(TYPE_RULES) };
      const rows = await scrutinisedMatch(sql, id, fits, limit + 1, from);
      const missing = (await agreementMatches(sql, id, null)).flatMap((match) => {
        const concern = missingMatch(matchPosition(match.facts, today));
        const { agreement, trust, illustrative } = match;
        return concern ? [{ agreement, trust, ...concern, illustrative }] : [];
      });
      const { items, next } = pageOf(rows, limit, (row) => [row.id]);
      return {
        asOn: today,
        missing,
        items: items.map(({ alike: _, formerly: __, ...row }, index) => ({
          ...row,
          concerns: contributionConcerns(items[index] as (typeof items)[number]),
        })),
        next,
      };
    });
  }
}

/** The position of an agreement's match on a day, with whose it is. */
export function matchStanding({ facts, ...of }: AgreementMatch, today: DateOn): MatchStanding {
  return { ...of, ratio: facts.ratio, ...matchPosition(facts, today) };
}
