import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { isDateOn } from '../core/calendar.js';
import {
  cursorOf,
  cursorValues,
  eachPage,
  type InPages,
  isId,
  isText,
  type Page,
  pageOf,
  pagesOf,
} from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import { type AwardView, awards, awardsOfTrusts } from '../funding/awards/award.queries.js';
import { organisationId } from '../organisations/organisation.queries.js';
import { type Awardee, awardeeCount, awardeePage, everyAwardeePage } from '../programmes/awardee.queries.js';
import {
  type PeriodView,
  type ProgrammeView,
  programme,
  reportingPeriods,
} from '../programmes/programme.queries.js';
import {
  type PublishedCount,
  type PublishedProgramme,
  publishedCounts,
  publishedProgrammes,
} from '../targets/publication.queries.js';
import {
  type PlacedMeasurement,
  type PublishedFilter,
  type PublishedMeasurement,
  type PublishedPlace,
  type PublishedSum,
  publishedByTrust,
  publishedMeasurements,
  publishedMeasures,
  publishedStretches,
  publishedSums,
  publishedTrusts,
} from '../targets/published.queries.js';
import { type TargetSetView, targetSets } from '../targets/target.queries.js';
import { type PublishedShare, publishedShares, sharesOf } from './publication.rules.js';

/** What is public of a programme itself: facts of its definition. */
export interface PublishedFacts {
  programme: Pick<
    ProgrammeView,
    'slug' | 'name' | 'description' | 'funder' | 'startsOn' | 'endsOn' | 'illustrative' | 'controlTotals'
  >;
  /** Where the programme's own facts, and its totals, come from. */
  sourced: Pick<ProgrammeView['terms'], 'sourced' | 'controlTotals'>;
  targetSets: TargetSetView[];
}

/** All that is public of a programme: facts of its definition, and measurements that were published. */
export interface Publication extends PublishedFacts {
  awards: InPages<AwardView>;
  measurements: InPages<PublishedMeasurement>;
  /** How much of what was to be measured is published, by period and trust. */
  shares: InPages<PublishedShare>;
}

/** As many values, and as many trusts, as are read at once where all are wanted. */
const READ_AT_ONCE = { values: 10_000, trusts: 500 };

/** What is asked to be seen of a publication. */
export interface PublicationQuery {
  /** A label, or `all`; null for the latest that something is published of. */
  period: string | null;
  /** The ODS code of the only trust whose values are wanted. */
  trust: string | null;
  /** The cursors of the trusts and of the values. */
  trusts: string | undefined;
  values: string | undefined;
}

/** What asks for the values of all periods. */
export const ALL_PERIODS = 'all';
/** As many trusts, periods of their shares, and values as are shown at once. */
const TRUSTS_SHOWN = 50;
const PERIODS_SHOWN = 8;
const VALUES_SHOWN = 200;

/** A publication a page at a time, with the sums and counts of all of it. */
export interface PublicationPage extends PublishedFacts {
  /** The labels of periods that something is published of, in order of time. */
  periods: string[];
  /** The period whose sums are shown: its label. */
  period: string;
  sums: PublishedSum[];
  /** Of each period that has ended, over all trusts: how many measures have a published value, of how many. */
  counts: Array<{ period: string; published: number; measures: number }>;
  illustrative: boolean;
  /** Trusts of which something is published; more than are chosen from are not all here. */
  choices: Array<{ odsCode: string; name: string }>;
  /** Of a page of trusts, by name. */
  awards: Array<Pick<AwardView, 'trust' | 'grantPence' | 'matchPence' | 'sourced'>>;
  /** Of the last eight periods that have ended. */
  shares: PublishedShare[];
  nextTrusts: string | null;
  /** Of the same trusts, or of the one that is asked for. */
  values: Page<PublishedMeasurement>;
}

/**
 * What anybody may read without signing in. It takes no reader, because it is the same for all: the definition's
 * facts, and of measurements those in the state `published` alone, which their query selects.
 */
@Injectable()
export class PublicationReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /** The programmes of which something is published. */
  programmes(): Promise<PublishedProgramme[]> {
    return this.scope.run({ trustId: null }, publishedProgrammes);
  }

  /**
   * All of it, for a file: of one moment, and read while the work takes it, page after page.
   * @throws Problem 404 where there is no such programme, or nothing of it is published; whatever the work throws
   */
  of<T>(
    slug: string,
    work: (publication: Publication) => Promise<T>,
    atOnce: typeof READ_AT_ONCE = READ_AT_ONCE,
  ): Promise<T> {
    return this.scope.runLong({ trustId: null }, async (sql) => {
      const { id, facts, ended, measures } = await this.facts(sql, slug);
      const stretches = await publishedStretches(sql, id);
      if (stretches.length === 0) throw notFound('programme with published figures');
      return work({
        ...facts,
        awards: pagesOf<AwardView>(atOnce.trusts, (limit, last) =>
          awards(sql, id, limit, last && [last.trust.name, last.trust.odsCode]),
        ),
        measurements: valuesInPages(sql, id, stretches, atOnce.values),
        shares: sharesInPages(sql, id, { periods: ended, measures }, atOnce.trusts),
      });
    });
  }

  /** A page of it. @throws Problem 404 as `of`; 400 where a cursor is not one */
  page(slug: string, query: PublicationQuery): Promise<PublicationPage> {
    return this.scope.run({ trustId: null }, async (sql) => {
      const { id, facts, ended, periods: all, measures } = await this.facts(sql, slug);
      const counted = await publishedCounts(
        sql,
        id,
        all.map((period) => period.id),
      );
      const periods = all.filter((period) => counted.has(period.id));
      const latest = periods.at(-1);
      if (!latest) throw notFound('programme with published figures');
      const whole = query.period === ALL_PERIODS;
      const shown = whole || query.period === null ? latest : all.find(({ label }) => label === query.period);
      const page = { limit: TRUSTS_SHOWN, after: query.trusts };
      const { items: awardees, next } = await everyAwardeePage(sql, id, page);
      const ids = awardees.map((trust) => trust.id);
      const trustIds = query.trust === null ? ids : await trustIdsOf(sql, query.trust);
      const trusts = awardees.filter(({ confirmed }) => confirmed);
      const lately = ended.slice(-PERIODS_SHOWN);
      return {
        ...facts,
        periods: periods.map(({ label }) => label),
        period: shown?.label ?? query.period ?? '',
        sums: shown ? await publishedSums(sql, id, shown.id) : [],
        counts: countsOf(ended, counted, measures * (await awardeeCount(sql, id))),
        illustrative: [...counted.values()].some(({ illustrative }) => illustrative),
        choices: await publishedTrusts(sql, id, TRUSTS_SHOWN + 1),
        awards: await awardsOfTrusts(sql, id, ids),
        shares: publishedShares(
          { trusts, periods: lately, measures },
          await publishedMeasures(
            sql,
            id,
            ids,
            lately.map((period) => period.id),
          ),
        ),
        nextTrusts: next,
        values: shown
          ? await valuesPage(sql, id, { periodId: whole ? null : shown.id, trustIds }, query.values)
          : { items: [], next: null },
      };
    });
  }

  private async facts(sql: Sql, slug: string) {
    const found = await programme(sql, slug);
    if (!found) throw notFound('programme with published figures');
    const { id, name, description, funder, startsOn, endsOn, illustrative, controlTotals, terms } = found;
    const sets = await targetSets(sql, id);
    const periods = await reportingPeriods(sql, id);
    const today = this.clock.today();
    return {
      id,
      facts: {
        programme: { slug, name, description, funder, startsOn, endsOn, illustrative, controlTotals },
        sourced: terms,
        targetSets: sets,
      },
      periods,
      ended: periods.filter((period) => period.endsOn < today),
      /** How many measures trusts report in all. */
      measures: sets.filter((set) => set.current).reduce((sum, set) => sum + set.measures.length, 0),
    };
  }
}

/** All values. Those of a period and measure stand together, so a page is looked for among these alone. */
async function* valuesInPages(
  sql: Sql,
  programmeId: string,
  stretches: ReadonlyArray<{ periodId: string; measureId: string }>,
  atOnce: number,
): AsyncGenerator<PublishedMeasurement[]> {
  for (const stretch of stretches) {
    const filter = { ...stretch, trustIds: null };
    const pages = pagesOf<PlacedMeasurement>(atOnce, (limit, last) =>
      publishedMeasurements(sql, programmeId, filter, limit, last?.place ?? null),
    );
    yield* eachPage(pages, (rows) => rows.map(({ value }) => value));
  }
}

/** How much is published, by period and trust. */
async function* sharesInPages(
  sql: Sql,
  programmeId: string,
  { periods, measures }: { periods: readonly PeriodView[]; measures: number },
  atOnce: number,
): AsyncGenerator<PublishedShare[]> {
  const trusts = () =>
    pagesOf<Awardee>(atOnce, async (limit, last) => {
      const after = last ? cursorOf([last.name, last.id]) : undefined;
      return (await awardeePage(sql, programmeId, { limit, after })).items;
    });
  for (const period of periods) {
    const counted = await publishedByTrust(sql, programmeId, period.id);
    const published = new Map(counted.map((each) => [each.trustId, each.published]));
    yield* eachPage(trusts(), (page) =>
      sharesOf({ trusts: page, periods: [period], measures }, ({ id }) => published.get(id) ?? 0),
    );
  }
}

function countsOf(
  ended: readonly PeriodView[],
  counted: ReadonlyMap<string, PublishedCount>,
  measures: number,
) {
  return ended.map(({ id, label }) => ({
    period: label,
    published: counted.get(id)?.published ?? 0,
    measures,
  }));
}

async function trustIdsOf(sql: Sql, odsCode: string): Promise<string[]> {
  const found = await organisationId(sql, odsCode);
  return found ? [found] : [];
}

const isWhole = (value: unknown): boolean => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
/** What a cursor of the values holds: the place of the last. */
const PLACE = [isDateOn, isText, isWhole, isWhole, isText, isText, isId];

async function valuesPage(
  sql: Sql,
  programmeId: string,
  filter: PublishedFilter,
  after: string | undefined,
): Promise<Page<PublishedMeasurement>> {
  const from = cursorValues(after, PLACE) as PublishedPlace | null;
  const rows = await publishedMeasurements(sql, programmeId, filter, VALUES_SHOWN + 1, from);
  const { items, next } = pageOf(rows, VALUES_SHOWN, ({ place }) => place);
  return { items: items.map(({ value }) => value), next };
}
