import { Get, Param, Post } from '@nestjs/common';
import { type Actor, requirePermission } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { MeasurementService } from '../../targets/measurement.service.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Answers, stepAnswers, stepNamed } from '../page/step.js';
import { type MeasurementViews, measurementPage, measurementStepPage } from './measurement.page.js';
import { MEASUREMENT_STEPS, type MeasurementStep, openMeasurementSteps } from './measurement.steps.js';

/** One measurement and the steps of its life. */
@Pages('measurements/:id')
@Needs('progress-report:read')
export class MeasurementPagesController {
  constructor(
    private readonly reader: MeasurementsReader,
    private readonly service: MeasurementService,
  ) {}

  @Get()
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const views = await this.views(actor, id);
    return measurementPage(views, openMeasurementSteps(actor, views.measurement, views.context));
  }

  @Get('steps/:step')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
  ): Promise<Page> {
    requirePermission(actor, stepNamed(MEASUREMENT_STEPS, name).permission);
    return measurementStepPage(await this.views(actor, id), name as MeasurementStep);
  }

  @Post('steps/:step')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const described = stepNamed(MEASUREMENT_STEPS, name);
    const step = described.step(await this.reader.one(actor, id));
    await this.done(name as MeasurementStep, actor, id, form.revision, stepAnswers(step, form));
    return onward(`/measurements/${id}`, step.notice);
  }

  private done(name: MeasurementStep, actor: Actor, id: string, revision: number | null, answers: Answers) {
    const { service } = this;
    const reason = String(answers.reason ?? '');
    switch (name) {
      case 'validation':
        return service.validate(actor, id, revision, {
          numerator: Number(answers.numerator),
          denominator: Number(answers.denominator),
          note: answers.note === null ? null : String(answers.note),
        });
      case 'challenge':
        return service.challenge(actor, id, revision, reason);
      case 'answer':
        return service.answer(actor, id, revision, reason);
      case 'rejection':
        return service.reject(actor, id, revision, reason);
      case 'publication':
        return service.publish(actor, id, revision);
    }
  }

  private async views(actor: Actor, id: string): Promise<MeasurementViews> {
    return {
      measurement: await this.reader.one(actor, id),
      context: await this.reader.context(actor, id),
    };
  }
}
