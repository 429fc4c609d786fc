import { Get, Param, Post, Req } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { type ActingRequest, By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { SendsFile } from '../../http/sent-file.js';
import { EvidenceService } from '../../milestones/evidence.service.js';
import type { OpenedFile } from '../../storage/evidence-files.js';
import { type Onward, onward } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { withDescribedUpload } from '../page/upload.js';

/** The files that prove a milestone: in, and out. */
@Pages()
export class MilestoneEvidenceController {
  constructor(private readonly service: EvidenceService) {}

  @Post('milestones/:id/evidence')
  @Needs('milestone:evidence')
  async add(@Param('id', IdPipe) id: string, @Req() request: ActingRequest): Promise<Onward> {
    const view = await withDescribedUpload(request, 'What it shows', (actor, sent) =>
      this.service.add(actor, id, sent),
    );
    return onward(`/milestones/${id}`, `${view.fileName} was uploaded.`);
  }

  @Get('evidence/:id/content')
  @Needs('programme:read')
  @SendsFile()
  content(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<OpenedFile> {
    return this.service.open(actor, id);
  }
}
