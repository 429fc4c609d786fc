import { Get, Param, Query } from '@nestjs/common';
import { AssuranceReader } from '../../assurance/assurance.reader.js';
import { ProductsReader } from '../../assurance/products.reader.js';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { GoLivesReader } from '../../milestones/go-lives.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { programmeAssurancePage } from './programme-assurance.page.js';

/** Rows of a page of the lists. */
const LIMIT = 50;

/** What go-lives lack, and what is held (project lead 7). */
@Pages('programmes/:slug/assurance')
export class ProgrammeAssuranceController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly goLives: GoLivesReader,
    private readonly assurance: AssuranceReader,
    private readonly products: ProductsReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('programme:read')
  async show(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: { trust?: string; after?: string },
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const trust = actor.trustOds ?? asked(query.trust);
    const page = { limit: LIMIT, after: asked(query.after) ?? undefined };
    return programmeAssurancePage({
      programme,
      goLives: await this.goLives.list(actor, slug, { trust }, page),
      deployments: await this.products.deployments(actor, slug, { trust, project: null }, { limit: LIMIT }),
      items: await this.assurance.list(actor, { trust }, { limit: LIMIT }),
      trust,
      today: this.clock.today(),
      reader: {
        allTrusts: actor.trustId === null,
        prepares: actor.trustId !== null && may(actor, 'assurance:prepare'),
      },
    });
  }
}
