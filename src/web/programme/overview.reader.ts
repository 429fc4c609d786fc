import { Injectable } from '@nestjs/common';
import { AdoptionsReader, type FollowerCounts } from '../../blueprints/adoptions.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { textIn } from '../../core/paging.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { ReturnCounts, StandingReturn, TrustRatings } from '../../progress-reports/delivery.queries.js';
import { DeliveryReader, type WorsenedPage } from '../../progress-reports/delivery.reader.js';
import type {
  ProgrammeProgressView,
  TrustProgressView,
} from '../../progress-reports/programme-progress.types.js';
import { ProgressReader } from '../../progress-reports/progress.reader.js';
import type { FigureTarget } from '../../targets/figure.rules.js';
import { type LeftStage, TurnaroundReader } from '../../turnaround/turnaround.reader.js';
import { type OverviewMoney, OverviewMoneyReader } from './overview-money.reader.js';
import { LISTED } from './programme.words.js';

/** As many trusts as are named where confidence is worse. */
const NAMED = 3;

/** What a programme's overview is made of, as its reader may see it. */
export interface Overview {
  programme: ProgrammeView;
  /** Whether the reader acts for one trust, and so sees its rows only. */
  own: boolean;
  progress: ProgrammeProgressView;
  /** The cursor of the trusts of the next page; null on the last. */
  next: string | null;
  /** Of the reader's own trust; null for the funder's people, and where that trust has no part in the programme. */
  ownProgress: TrustProgressView | null;
  target: FigureTarget | null;
  /** How delivery confidence stands over all trusts, and the first that are worse. */
  worsened: WorsenedPage;
  /** Of the trusts of the page. */
  ratings: TrustRatings[];
  followers: FollowerCounts;
  /** The stage of the last year that is the slowest; null where too little went through any. */
  slowest: LeftStage | null;
  /** Null where the reader may not see returns. */
  returns: { counts: ReturnCounts; latest: StandingReturn[] } | null;
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
    private readonly turnaround: TurnaroundReader,
    private readonly adoptions: AdoptionsReader,
  ) {}

  /** @param after the cursor of the trusts. @throws Problem 404; 400 where the cursor is not one */
  async read(actor: Actor, slug: string, after: string | undefined): Promise<Overview> {
    const programme = await this.programmes.one(actor, slug);
    const page = { limit: LISTED, after };
    const { json, next } = await this.progress.programme(actor, slug, null, page);
    const progress = JSON.parse(json) as ProgrammeProgressView;
    const shown = progress.trusts.map(({ odsCode }) => odsCode);
    const scale = programme.terms.confidenceScale;
    const [target, worsened, ratings, followers, slowest, returns, funding] = await Promise.all([
      this.delivery.target(actor, slug),
      this.delivery.worsened(actor, slug, scale, { limit: NAMED }),
      this.delivery.ratings(actor, slug, shown),
      this.adoptions.counts(actor, slug),
      this.turnaround.slowest(actor, slug),
      may(actor, 'progress-report:read') ? this.returns(actor, slug, shown) : null,
      may(actor, 'money:read') ? this.money.read(actor, slug, textIn(after)) : null,
    ]);
    return {
      ...{ programme, own: actor.trustOds !== null, progress, next },
      ownProgress: await this.ownProgress(actor, progress),
      ...{ target, worsened, ratings, followers, slowest, returns, funding },
    };
  }

  private async returns(actor: Actor, slug: string, odsCodes: readonly string[]) {
    return {
      counts: await this.delivery.returnCounts(actor, slug),
      latest: await this.delivery.latestReturns(actor, slug, odsCodes),
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
