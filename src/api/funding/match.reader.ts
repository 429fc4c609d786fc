import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { countsBecause, TYPE_RULES } from '../../funding/match/contribution.rules.js';
import {
  type AgreementMatch,
  agreementMatches,
  fundedTrust,
  provedContributions,
} from '../../funding/match/match.queries.js';
import {
  type MatchPosition,
  type MatchTotals,
  matchPosition,
  matchTotals,
} from '../../funding/match/match.rules.js';
import { scrutinisedMatch } from '../../funding/match/match-concerns.queries.js';
import { contributionConcerns, missingMatch } from '../../funding/match/match-concerns.rules.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { cursorValues, isId, type Page, type PageQuery, pageOf } from '../paging.js';

/** What fits, by type. */
const FITTING = Object.entries(TYPE_RULES).flatMap(([type, { valuations }]) =>
  valuations.map((valuation) => `${type} ${valuation}`),
);

/** The position of an agreement's match, with whose it is. */
type Standing = Omit<AgreementMatch, 'facts'> & { ratio: object } & MatchPosition;

/** Where an agreement comes in the list. */
const placeOf = ({ trust, agreement }: Pick<Standing, 'trust' | 'agreement'>): string =>
  `${trust.odsCode} ${agreement.id}`;

interface AsOn {
  asOn: string;
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** Match, as the API answers for it. */
@Injectable()
export class MatchReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /** The match of a programme, a page of agreements at a time; the totals are of all. @throws Problem 400, 404 */
  async programme(
    actor: Actor,
    slug: string,
    { limit, after }: PageQuery,
  ): Promise<Page<Standing> & AsOn & { totals: MatchTotals }> {
    const from = cursorValues(after, [isText, isId]);
    const today = this.clock.today();
    const found = await this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return agreementMatches(sql, id, null);
    });
    const standings = found.map((match) => standing(match, today));
    const wanted = standings.filter((each) => from === null || placeOf(each) > from.join(' '));
    const page = pageOf(wanted, limit, ({ trust, agreement }) => [trust.odsCode, agreement.id]);
    return { asOn: today, totals: matchTotals(standings), ...page };
  }

  /** How much more match a trust needs, and what of its evidence counts. @throws Problem 404 */
  async trust(actor: Actor, slug: string, ods: string): Promise<object> {
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
      const standings = matches.map((match) => standing(match, today));
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
    { limit, after }: PageQuery,
  ): Promise<Page<object> & AsOn & { missing: object[] }> {
    const [from] = (cursorValues(after, [isId]) ?? [null]) as [string | null];
    const today = this.clock.today();
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
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

function standing({ facts, ...of }: AgreementMatch, today: string): Standing {
  return { ...of, ratio: facts.ratio, ...matchPosition(facts, today) };
}
