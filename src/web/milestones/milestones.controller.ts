import { Get, Param, Query } from '@nestjs/common';
import { LogReader } from '../../audit/log.reader.js';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { EvidenceReader } from '../../milestones/evidence.reader.js';
import { GoLivesReader } from '../../milestones/go-lives.reader.js';
import { MilestonesReader } from '../../milestones/milestones.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { milestonePage } from './milestone.page.js';
import { openSteps } from './milestone.steps.js';
import { type MilestonesQuery, milestonesFilterOf, milestonesPage } from './milestones.page.js';

/** Rows of a page of the list; entries of the log that a history is made from. */
const LIMIT = 200;

/** Milestones: all of a programme, and each (project lead 6). */
@Pages()
@Needs('programme:read')
export class MilestonesPagesController {
  constructor(
    private readonly milestones: MilestonesReader,
    private readonly evidence: EvidenceReader,
    private readonly programmes: ProgrammesReader,
    private readonly log: LogReader,
    private readonly clock: Clock,
    private readonly goLives: GoLivesReader,
  ) {}

  @Get('programmes/:slug/milestones')
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: MilestonesQuery,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const filter = milestonesFilterOf(query);
    const asked = { ...filter, forecastTo: null };
    const found = await this.milestones.list(actor, slug, asked, 'forecastOn', {
      limit: LIMIT,
      after: query.after,
    });
    return milestonesPage(programme, found, filter, {
      allTrusts: actor.trustId === null,
      today: this.clock.today(),
    });
  }

  @Get('milestones/:id')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const milestone = await this.milestones.one(actor, id);
    const programme = await this.programmes.one(actor, await this.milestones.programmeOf(actor, id));
    const evidence = await this.evidence.ofMilestone(actor, id);
    const { items } = await this.log.list(
      actor,
      { table: 'milestone', subject: id, action: null },
      { limit: LIMIT },
    );
    return milestonePage(
      programme,
      milestone,
      { evidence, log: items, today: this.clock.today(), goLive: await this.goLives.one(actor, id) },
      { steps: openSteps(actor, milestone), mayUpload: may(actor, 'milestone:evidence') },
    );
  }
}
