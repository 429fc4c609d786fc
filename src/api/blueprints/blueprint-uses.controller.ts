import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BlueprintAttachmentsService } from '../../blueprints/blueprint-attachments.service.js';
import { BlueprintContactsService } from '../../blueprints/blueprint-contacts.service.js';
import { BlueprintsReader } from '../../blueprints/blueprints.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { withUpload } from '../../http/sent-file.js';
import { described, GivesFile, TakesFile } from '../files.js';
import { linked, PageQuery } from '../paging.js';
import { AskBlueprintDto, BlueprintAnswerDto, RecordVisitDto } from './blueprints.dto.js';
import {
  BlueprintAttachmentView,
  BlueprintContactPageView,
  BlueprintContactView,
  BlueprintView,
} from './blueprints.view.js';
import { CHANGES } from './changes.js';

/** The files of blueprints, and how published ones are used. */
@ApiTags('blueprints')
@Controller('v1')
export class BlueprintUsesController {
  constructor(
    private readonly reader: BlueprintsReader,
    private readonly attachments: BlueprintAttachmentsService,
    private readonly contacts: BlueprintContactsService,
  ) {}

  @Post('blueprints/:id/attachments')
  @Needs('blueprint:prepare')
  @TakesFile(described('The form that nurses fill in', 'What the file is'))
  @ApiOperation({ summary: 'Add a file to the draft' })
  @ApiResponse({ status: 201, type: BlueprintAttachmentView })
  async attach(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await withUpload(request, (upload) => this.attachments.add(actor, id, upload));
    reply.header('Location', `/v1/blueprint-attachments/${view.id}/content`);
    return view;
  }

  @Get('blueprint-attachments/:id/content')
  @Needs('programme:read')
  @GivesFile()
  @ApiOperation({ summary: 'A file of a blueprint, as it was uploaded, with its SHA-256 in Repr-Digest' })
  content(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.attachments.open(actor, id);
  }

  @Post('blueprint-attachments/:id/removal')
  @HttpCode(200)
  @Needs('blueprint:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Take a file out of the draft again; If-Match is that of the blueprint' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async remove(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.one(actor, (await this.attachments.remove(actor, id, revision)).id);
  }

  @Get('blueprints/:id/contacts')
  @Needs('programme:read')
  @ApiOperation({ summary: 'Questions that were asked about a blueprint, with their answers, and visits' })
  @ApiResponse({ status: 200, type: BlueprintContactPageView })
  async list(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.contacts(actor, id, query), request, reply);
  }

  @Post('blueprints/:id/questions')
  @Needs('blueprint:use')
  @ApiOperation({
    summary: 'Ask the trust whose blueprint it is; everybody who is signed in reads the answer',
  })
  @ApiResponse({ status: 201, type: BlueprintContactView })
  ask(@By() actor: Actor, @Param('id', IdPipe) id: string, @Body() body: AskBlueprintDto) {
    return this.contacts.ask(actor, id, body);
  }

  @Post('blueprints/:id/visits')
  @Needs('blueprint:use')
  @ApiOperation({ summary: 'Record a visit that was made because of a blueprint' })
  @ApiResponse({ status: 201, type: BlueprintContactView })
  visit(@By() actor: Actor, @Param('id', IdPipe) id: string, @Body() body: RecordVisitDto) {
    return this.contacts.visit(actor, id, body);
  }

  @Post('blueprint-contacts/:id/answer')
  @HttpCode(200)
  @Needs('blueprint:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Answer a question about your blueprint, once' })
  @ApiResponse({ status: 200, type: BlueprintContactView })
  answer(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { answer }: BlueprintAnswerDto,
  ) {
    return this.contacts.answer(actor, id, revision, answer);
  }
}
