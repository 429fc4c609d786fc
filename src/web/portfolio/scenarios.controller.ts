import { Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, requirePermission } from '../../core/actor.js';
import { refuseIfBlocked } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { PortfolioReader } from '../../portfolio/portfolio.reader.js';
import { SCENARIO, SCENARIO_STATES } from '../../portfolio/scenario.rules.js';
import { ScenarioService } from '../../portfolio/scenario.service.js';
import { ScenariosReader } from '../../portfolio/scenarios.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import { chosen } from '../page/filter.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Step, stepAnswers, stepPage } from '../page/step.js';
import { scenarioFormPage, scenarioIn } from './scenario-form.js';
import { scenarioFacts, scenarioPage, scenariosPage, scenariosTrail } from './scenarios.page.js';

/** As many scenarios as a page of them shows. */
const LISTED = 50;

/** What the address of the list may say. */
interface ScenariosPageQuery {
  programme?: string;
  state?: string;
  after?: string;
}

const WITHDRAWAL: Step = {
  title: 'Withdraw this scenario',
  explains: [
    'It stays where it is, marked as withdrawn, with your reason. It cannot be put back; make another instead.',
  ],
  fields: [{ kind: 'textarea', name: 'reason', label: 'Why', max: 2_000 }],
  button: 'Withdraw it',
  warning: true,
  notice: 'The scenario was withdrawn.',
};

/** Where a table begins, as the address says it. */
const from = (given: unknown): number =>
  typeof given === 'string' && /^\d{1,6}$/.test(given) ? Number(given) : 0;

/** What-ifs. */
@Pages()
export class ScenarioPagesController {
  constructor(
    private readonly scenarios: ScenariosReader,
    private readonly portfolio: PortfolioReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: ScenarioService,
  ) {}

  @Get('portfolio/scenarios')
  @Needs('portfolio:read')
  async list(@By() actor: Actor, @Query() query: ScenariosPageQuery): Promise<Page> {
    const filter = { programme: asked(query.programme), state: chosen(query.state, SCENARIO_STATES) };
    const found = await this.scenarios.list(actor, filter, {
      limit: LISTED,
      after: asked(query.after) ?? undefined,
    });
    return scenariosPage(found, await this.portfolio.programmes(actor), filter, actor);
  }

  @Get('programmes/:slug/scenarios/new')
  @Needs('scenario:make')
  async begin(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    return scenarioFormPage(
      await this.programmes.one(actor, slug),
      await this.scenarios.yearsToCut(actor, slug),
    );
  }

  @Post('programmes/:slug/scenarios/new')
  @Needs('scenario:make')
  async make(@By() actor: Actor, @Param('slug') slug: string, @Sent() form: Form): Promise<Onward> {
    const { id } = await this.service.make(actor, slug, scenarioIn(form));
    return onward(`/portfolio/scenarios/${id}`, 'The scenario was computed and kept.');
  }

  @Get('portfolio/scenarios/:id')
  @Needs('portfolio:read')
  async one(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: { tranches?: string; milestones?: string; targets?: string },
  ): Promise<Page> {
    const begin = {
      tranches: from(query.tranches),
      milestones: from(query.milestones),
      targets: from(query.targets),
    };
    return scenarioPage(await this.scenarios.one(actor, id), begin, actor);
  }

  @Get('portfolio/scenarios/:id/withdrawal')
  @Needs('scenario:make')
  async askWithdrawal(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    requirePermission(actor, 'scenario:make');
    const scenario = await this.scenarios.one(actor, id);
    refuseIfBlocked('This scenario cannot be withdrawn.', SCENARIO.blockers('withdraw', scenario.state));
    return stepPage(WITHDRAWAL, {
      action: `/portfolio/scenarios/${id}/withdrawal`,
      caption: scenario.title,
      revision: scenario.revision,
      trail: scenariosTrail(scenario),
      facts: scenarioFacts(scenario).slice(0, 2),
      back: `/portfolio/scenarios/${id}`,
    });
  }

  @Post('portfolio/scenarios/:id/withdrawal')
  @Needs('scenario:make')
  async withdraw(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { reason } = stepAnswers(WITHDRAWAL, form);
    await this.service.withdraw(actor, id, form.revision, { reason: String(reason) });
    return onward(`/portfolio/scenarios/${id}`, WITHDRAWAL.notice);
  }
}
