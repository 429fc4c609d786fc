import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { type AwardView, awards } from '../funding/awards/award.queries.js';
import { type ProgrammeView, programme, reportingPeriods } from '../programmes/programme.queries.js';
import {
  type PublishedMeasurement,
  type PublishedProgramme,
  publishedMeasurements,
  publishedProgrammes,
} from '../targets/published.queries.js';
import { type TargetSetView, targetSets } from '../targets/target.queries.js';
import { type PublishedShare, publishedShares } from './publication.rules.js';

/** All that is public of a programme: facts of its definition, and measurements that were published. */
export interface Publication {
  programme: Pick<
    ProgrammeView,
    'slug' | 'name' | 'description' | 'funder' | 'startsOn' | 'endsOn' | 'illustrative' | 'controlTotals'
  >;
  /** Where the programme's own facts, and its totals, come from. */
  sourced: Pick<ProgrammeView['terms'], 'sourced' | 'controlTotals'>;
  awards: AwardView[];
  targetSets: TargetSetView[];
  measurements: PublishedMeasurement[];
  /** How much of what was to be measured is published, by period and trust. */
  shares: PublishedShare[];
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

  /** @throws Problem 404 where there is no such programme, or nothing of it is published */
  of(slug: string): Promise<Publication> {
    return this.scope.run({ trustId: null }, async (sql) => {
      const found = await programme(sql, slug);
      const measurements = found ? await publishedMeasurements(sql, found.id) : [];
      if (!found || measurements.length === 0) throw notFound('programme with published figures');
      const sets = await targetSets(sql, found.id);
      const { slug: code, name, description, funder, startsOn, endsOn, illustrative, controlTotals } = found;
      const current = sets.filter((set) => set.current);
      return {
        programme: { slug: code, name, description, funder, startsOn, endsOn, illustrative, controlTotals },
        sourced: found.terms,
        awards: await awards(sql, found.id, null, null),
        targetSets: sets,
        measurements,
        shares: publishedShares(
          {
            trusts: found.awardees.filter(({ status }) => status === 'confirmed'),
            periods: await reportingPeriods(sql, found.id),
            measures: current.reduce((sum, { measures }) => sum + measures.length, 0),
            today: this.clock.today(),
          },
          measurements,
        ),
      };
    });
  }
}
