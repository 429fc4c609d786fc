import { Get, Param, Post, Req } from '@nestjs/common';
import { AssuranceReader, type ShownAssurance } from '../../assurance/assurance.reader.js';
import { AssuranceDocumentService } from '../../assurance/assurance-document.service.js';
import type { AssuranceStep } from '../../assurance/assurance-item.rules.js';
import { AssuranceItemService } from '../../assurance/assurance-item.service.js';
import { AssuranceStepsService } from '../../assurance/assurance-steps.service.js';
import { type Actor, may } from '../../core/actor.js';
import { blocked } from '../../core/problems.js';
import { type ActingRequest, By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { SendsFile, type SentFile } from '../../http/sent-file.js';
import type { OpenedFile } from '../../storage/evidence-files.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Answers, stepAnswers, stepNamed } from '../page/step.js';
import { withDescribedUpload } from '../page/upload.js';
import { itemPage, itemStepPage } from './item.page.js';
import { contentIn, ITEM_STEPS } from './item-form.js';

/** One piece of assurance, its files, and what is done with it. */
@Pages()
export class AssuranceItemController {
  constructor(
    private readonly reader: AssuranceReader,
    private readonly items: AssuranceItemService,
    private readonly steps: AssuranceStepsService,
    private readonly documents: AssuranceDocumentService,
  ) {}

  @Get('assurance/:id')
  @Needs('programme:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const item = await this.reader.one(actor, id);
    return itemPage(item, await this.reader.programmeOf(actor, id), {
      opensHazardLogs: may(actor, 'hazard-log:read'),
    });
  }

  @Get('assurance/:id/steps/:step')
  @Needs('assurance:prepare')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
  ): Promise<Page> {
    const item = await this.reader.one(actor, id);
    return itemStepPage(item, await this.reader.programmeOf(actor, id), openStep(item, name));
  }

  @Post('assurance/:id/steps/:step')
  @Needs('assurance:prepare')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const item = await this.reader.one(actor, id);
    const { fields, notice } = stepNamed(ITEM_STEPS, name)(item);
    await this.takeStep(name as AssuranceStep, actor, id, form.revision, stepAnswers({ fields }, form));
    return onward(`/assurance/${id}`, notice);
  }

  @Post('assurance/:id/files')
  @Needs('assurance:prepare')
  async add(@Param('id', IdPipe) id: string, @Req() request: ActingRequest): Promise<Onward> {
    const add = async (actor: Actor, sent: SentFile<'description' | 'hazardLog'>) => {
      await this.documents.add(actor, id, sent.hazardLog === 'hazard-log', sent);
      return sent.fileName;
    };
    const fileName = await withDescribedUpload(request, 'What it shows', add, ['hazardLog']);
    return onward(`/assurance/${id}`, `${fileName} was uploaded.`);
  }

  @Get('assurance-documents/:id/content')
  @Needs('programme:read')
  @SendsFile()
  document(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<OpenedFile> {
    return this.documents.open(actor, id);
  }

  @Get('hazard-logs/:id/content')
  @Needs('hazard-log:read')
  @SendsFile()
  hazardLog(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<OpenedFile> {
    return this.documents.openHazardLog(actor, id);
  }

  private takeStep(
    step: AssuranceStep,
    actor: Actor,
    id: string,
    revision: number | null,
    answers: Answers,
  ): Promise<unknown> {
    const reason = String(answers.reason ?? '');
    switch (step) {
      case 'change':
        return this.items.change(actor, id, revision, contentIn(answers));
      case 'submission':
        return this.steps.submit(actor, id, revision);
      case 'acceptance':
        return this.steps.accept(actor, id, revision, { reason: reason === '' ? null : reason });
      case 'rejection':
        return this.steps.reject(actor, id, revision, { reason });
      case 'withdrawal':
        return this.steps.withdraw(actor, id, revision, { reason });
    }
  }
}

/** The name of a step that is open to its reader. @throws Problem 404; 409 where it is not open to them now */
function openStep({ next }: ShownAssurance, name: string): AssuranceStep {
  stepNamed(ITEM_STEPS, name);
  const found = next.find((step) => step === name);
  if (!found)
    throw blocked('This cannot be done with this piece of evidence now, or not by you.', [], 'step-not-open');
  return found;
}
