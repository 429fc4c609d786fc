import { Get, Param, Post, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { type ActingRequest, By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { download } from '../../http/sent-file.js';
import { EvidenceService } from '../../milestones/evidence.service.js';
import { MAX_DESCRIPTION } from '../../storage/evidence.rules.js';
import { type Onward, onward } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { withPageUpload } from '../page/upload.js';

/** The files that prove a milestone: in, and out. */
@Pages()
export class MilestoneEvidenceController {
  constructor(private readonly service: EvidenceService) {}

  @Post('milestones/:id/evidence')
  @Needs('milestone:evidence')
  async add(@Param('id', IdPipe) id: string, @Req() request: ActingRequest): Promise<Onward> {
    const view = await withPageUpload(request, ['description'], ({ actor, form, sent }) => {
      form.text('description', { label: 'What it shows', max: MAX_DESCRIPTION });
      form.check();
      return this.service.add(actor, id, sent);
    });
    return onward(`/milestones/${id}`, `${view.fileName} was uploaded.`);
  }

  @Get('evidence/:id/content')
  @Needs('programme:read')
  async content(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { view, stream } = await this.service.open(actor, id);
    return download(reply, view, stream);
  }
}
