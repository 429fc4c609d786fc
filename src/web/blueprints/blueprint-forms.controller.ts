import { Get, Param, Post, Req } from '@nestjs/common';
import { ProductsReader } from '../../assurance/products.reader.js';
import { BlueprintService } from '../../blueprints/blueprint.service.js';
import { BlueprintAttachmentsService } from '../../blueprints/blueprint-attachments.service.js';
import { BlueprintsReader } from '../../blueprints/blueprints.reader.js';
import type { Actor } from '../../core/actor.js';
import { type ActingRequest, By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { SendsFile } from '../../http/sent-file.js';
import type { OpenedFile } from '../../storage/evidence-files.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepNamed } from '../page/step.js';
import { withDescribedUpload } from '../page/upload.js';
import { blueprintFilesPage } from './blueprint-files.page.js';
import { blueprintPartPage } from './blueprint-part.page.js';
import { contactIn, PARTS, type PartName, partContent } from './blueprint-parts.js';

/** As many products as anybody looks through in a list; a program may choose any. */
const MOST_PRODUCTS = 200;

/** Where a draft is written, part by part, and its files. */
@Pages()
export class BlueprintFormsController {
  constructor(
    private readonly blueprints: BlueprintsReader,
    private readonly service: BlueprintService,
    private readonly attachments: BlueprintAttachmentsService,
    private readonly products: ProductsReader,
  ) {}

  @Get('blueprints/:id/parts/:part')
  @Needs('blueprint:prepare')
  async part(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('part') part: string,
  ): Promise<Page> {
    stepNamed(PARTS, part);
    const register = part === 'products' ? await this.products.choices(actor, MOST_PRODUCTS) : [];
    return blueprintPartPage(await this.blueprints.one(actor, id), part as PartName, register);
  }

  @Post('blueprints/:id/parts/:part')
  @Needs('blueprint:prepare')
  async write(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('part') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const part = stepNamed(PARTS, name);
    if (name === 'contact') await this.service.nameContact(actor, id, form.revision, contactIn(form));
    else await this.service.write(actor, id, form.revision, partContent(part, form));
    return onward(`/blueprints/${id}`, 'What you wrote was saved.');
  }

  @Get('blueprints/:id/files')
  @Needs('blueprint:prepare')
  async files(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return blueprintFilesPage(await this.blueprints.one(actor, id));
  }

  @Post('blueprints/:id/files')
  @Needs('blueprint:prepare')
  async add(@Param('id', IdPipe) id: string, @Req() request: ActingRequest): Promise<Onward> {
    const view = await withDescribedUpload(request, 'What it is', (actor, sent) =>
      this.attachments.add(actor, id, sent),
    );
    return onward(`/blueprints/${id}/files`, `${view.fileName} was uploaded.`);
  }

  @Get('blueprint-attachments/:id/content')
  @Needs('programme:read')
  @SendsFile()
  content(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<OpenedFile> {
    return this.attachments.open(actor, id);
  }

  @Post('blueprint-attachments/:id/removal')
  @Needs('blueprint:prepare')
  async remove(@By() actor: Actor, @Param('id', IdPipe) file: string, @Sent() form: Form): Promise<Onward> {
    const { id } = await this.attachments.remove(actor, file, form.revision);
    return onward(`/blueprints/${id}/files`, 'The file was taken out.');
  }
}
