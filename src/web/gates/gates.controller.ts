import { Get, Param, Post } from '@nestjs/common';
import { type Actor, requirePermission } from '../../core/actor.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { GateWaiverService } from '../../funding/gates/gate-waiver.service.js';
import { GatesReader } from '../../funding/gates/gates.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepNamed } from '../page/step.js';
import { gatePage } from './gate.page.js';
import { newWaiverPage, typedWaiver, WAIVER_STEPS, waiverPage, waiverStepPage } from './waiver.page.js';

/** Tranches and their gates, and the waivers that open them. */
@Pages()
export class GatePagesController {
  constructor(
    private readonly reader: GatesReader,
    private readonly agreements: AgreementsReader,
    private readonly programmes: ProgrammesReader,
    private readonly waivers: GateWaiverService,
  ) {}

  @Get('tranches/:id')
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const gate = await this.reader.one(actor, id);
    const waivers = await this.reader.waivers(actor, id);
    const decisions = await this.reader.decisions(actor, id);
    return gatePage(await this.programmeOf(actor, gate), { gate, waivers, decisions }, actor);
  }

  @Get('tranches/:id/waivers/new')
  @Needs('gate:waive')
  async beginWaiver(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const gate = await this.reader.one(actor, id);
    return newWaiverPage(await this.programmeOf(actor, gate), gate);
  }

  @Post('tranches/:id/waivers')
  @Needs('gate:waive')
  async grant(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const waiver = await this.waivers.grant(actor, id, typedWaiver(form));
    return onward(`/gate-waivers/${waiver.id}`, 'The waiver was granted.');
  }

  @Get('gate-waivers/:id')
  @Needs('money:read')
  async waiver(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const waiver = await this.reader.waiver(actor, id);
    return waiverPage(await this.programmeOf(actor, waiver), waiver, actor);
  }

  @Get('gate-waivers/:id/steps/:step')
  @Needs('money:read')
  async showStep(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: keyof typeof WAIVER_STEPS,
  ): Promise<Page> {
    const waiver = await this.reader.waiver(actor, id);
    stepNamed(WAIVER_STEPS, name);
    requirePermission(actor, 'gate:waive');
    return waiverStepPage(await this.programmeOf(actor, waiver), waiver, name);
  }

  @Post('gate-waivers/:id/steps/:step')
  @Needs('gate:waive')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: keyof typeof WAIVER_STEPS,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step = stepNamed(WAIVER_STEPS, name);
    const { reason } = stepAnswers(step, form);
    await this.waivers.withdraw(actor, id, form.revision, { reason: String(reason) });
    return onward(`/gate-waivers/${id}`, step.notice);
  }

  private async programmeOf(actor: Actor, { agreement }: { agreement: { id: string } }) {
    return this.programmes.one(actor, (await this.agreements.one(actor, agreement.id)).programme);
  }
}
