import { Injectable } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { StandingReturn, TrustRatings } from '../../progress-reports/delivery.queries.js';
import { DeliveryReader } from '../../progress-reports/delivery.reader.js';
import type {
  ProgrammeProgressView,
  TrustProgressView,
} from '../../progress-reports/programme-progress.types.js';
import { ProgressReader } from '../../progress-reports/progress.reader.js';
import type { FigureTarget } from '../../targets/figure.rules.js';
import { type OverviewMoney, OverviewMoneyReader } from './overview-money.reader.js';
import { ALL } from './programme.words.js';

/** What a programme's overview is made of, as its reader may see it. */
export interface Overview {
  programme: ProgrammeView;
  /** Whether the reader acts for one trust, and so sees its rows only. */
  own: boolean;
  progress: ProgrammeProgressView;
  /** Of the reader's own trust; null for the funder's people, and where that trust has no part in the programme. */
  ownProgress: TrustProgressView | null;
  target: FigureTarget | null;
  ratings: TrustRatings[];
  followers: { named: number; confirmed: number };
  /** Null where the reader may not see returns. */
  returns: StandingReturn[] | null;
  /** Null where the reader may not see money. */
  funding: OverviewMoney | null;
}

/** All that a programme's overview shows, asked of the readers that the other pages ask. */
@Injectable()
export class OverviewReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly progress: ProgressReader,
    private readonly delivery: DeliveryReader,
    private readonly money: OverviewMoneyReader,
  ) {}

  /** @throws Problem 404 */
  async read(actor: Actor, slug: string): Promise<Overview> {
    const programme = await this.programmes.one(actor, slug);
    const [{ json }, target, ratings, followers, returns, funding] = await Promise.all([
      this.progress.programme(actor, slug, null, { limit: ALL }),
      this.delivery.target(actor, slug),
      this.delivery.ratings(actor, slug),
      this.programmes.followers(actor, slug),
      may(actor, 'progress-report:read') ? this.delivery.returns(actor, slug) : null,
      may(actor, 'money:read') ? this.money.read(actor, slug) : null,
    ]);
    const progress = JSON.parse(json) as ProgrammeProgressView;
    return {
      programme,
      own: actor.trustOds !== null,
      progress,
      ownProgress: await this.ownProgress(actor, progress),
      target,
      ratings,
      followers,
      returns,
      funding,
    };
  }

  private async ownProgress(
    actor: Actor,
    { programme, trusts }: ProgrammeProgressView,
  ): Promise<TrustProgressView | null> {
    const own = trusts.find(({ odsCode }) => odsCode === actor.trustOds);
    if (!own) return null;
    // Its own latest period: the programme's may be one for which others alone have reported.
    const period = own.progress?.period ?? null;
    return JSON.parse(
      await this.progress.trust(actor, programme.slug, own.odsCode, period),
    ) as TrustProgressView;
  }
}
