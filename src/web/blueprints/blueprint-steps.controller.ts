import { Get, Param, Post } from '@nestjs/common';
import { BlueprintService } from '../../blueprints/blueprint.service.js';
import { BlueprintContactsService } from '../../blueprints/blueprint-contacts.service.js';
import { BlueprintStepsService } from '../../blueprints/blueprint-steps.service.js';
import { BlueprintsReader } from '../../blueprints/blueprints.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Answers, stepAnswers, stepFor, stepPage } from '../page/step.js';
import { blueprintTrail } from './blueprint.words.js';
import { ANSWER, PAGE_STEP_PERMISSION, type PageStep, stepsFor } from './blueprint-steps.js';

/** What is done with a blueprint: written, reviewed, published; asked about, answered, visited. */
@Pages()
export class BlueprintStepPagesController {
  constructor(
    private readonly blueprints: BlueprintsReader,
    private readonly service: BlueprintService,
    private readonly steps: BlueprintStepsService,
    private readonly contacts: BlueprintContactsService,
  ) {}

  @Get('blueprints/:id/steps/:step')
  @Needs('programme:read')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') step: string,
  ): Promise<Page> {
    const shown = await this.blueprints.one(actor, id);
    const name = permitted(actor, step);
    return stepPage(stepsFor(actor.trustId !== null)[name](shown), {
      action: `/blueprints/${id}/steps/${name}`,
      caption: `${shown.reference}: ${shown.title}`,
      revision: shown.revision,
      trail: blueprintTrail(shown),
      back: `/blueprints/${id}`,
    });
  }

  @Post('blueprints/:id/steps/:step')
  @Needs('programme:read')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') step: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const name = permitted(actor, step);
    const { fields, notice } = stepsFor(actor.trustId !== null)[name](await this.blueprints.one(actor, id));
    await this.carryOut(name, actor, { id, revision: form.revision }, stepAnswers({ fields }, form));
    return onward(`/blueprints/${id}`, notice);
  }

  @Get('blueprint-contacts/:id/answer')
  @Needs('blueprint:prepare')
  async question(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const asked = await this.blueprints.contact(actor, id);
    const shown = await this.blueprints.one(actor, asked.blueprint);
    return stepPage(ANSWER, {
      action: `/blueprint-contacts/${id}/answer`,
      caption: `${shown.reference}: ${shown.title}`,
      revision: asked.revision,
      trail: blueprintTrail(shown),
      facts: [
        { label: 'Asked by', value: asked.organisation.name },
        { label: 'Question', value: asked.words },
      ],
      back: `/blueprints/${shown.id}`,
    });
  }

  @Post('blueprint-contacts/:id/answer')
  @Needs('blueprint:prepare')
  async answer(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { answer } = stepAnswers(ANSWER, form);
    const { blueprint } = await this.contacts.answer(actor, id, form.revision, String(answer));
    return onward(`/blueprints/${blueprint}`, ANSWER.notice);
  }

  private carryOut(
    step: PageStep,
    actor: Actor,
    { id, revision }: { id: string; revision: number | null },
    answers: Answers,
  ): Promise<unknown> {
    const said = (field: string) => String(answers[field]);
    const organisation = answers.organisation ? said('organisation').toUpperCase() : null;
    switch (step) {
      case 'submission':
        return this.steps.submit(actor, id, revision);
      case 'review':
        return this.steps.review(actor, id, revision);
      case 'query':
        return this.steps.query(actor, id, revision, said('question'));
      case 'answer':
        return this.steps.answer(actor, id, revision, said('answer'));
      case 'publication':
        return this.steps.publish(actor, id, revision);
      case 'withdrawal':
        return this.steps.withdraw(actor, id, revision, said('reason'));
      case 'new-version':
        return this.service.beginVersion(actor, id, revision);
      case 'question':
        return this.contacts.ask(actor, id, { question: said('question'), organisation });
      case 'visit':
        return this.contacts.visit(actor, id, {
          visitedOn: said('visitedOn'),
          words: said('words'),
          organisation,
        });
    }
  }
}

/** The step of this name, for somebody whose role may take it. @throws Problem 403, 404 */
const permitted = (actor: Actor, name: string): PageStep =>
  stepFor(actor, PAGE_STEP_PERMISSION, name, (step) => PAGE_STEP_PERMISSION[step]);
