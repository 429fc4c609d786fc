import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CHANGE_REQUEST_STATES } from '../../change-requests/change-request.rules.js';
import { ChangeRequestService } from '../../change-requests/change-request.service.js';
import { ChangeRequestsReader } from '../../change-requests/change-requests.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ChoiceField, CodeField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import {
  ChangeWithdrawalDto,
  contentOf,
  OpenChangeRequestDto,
  SaveChangeRequestDto,
} from './change-request.dto.js';
import { ChangeRequestPageView, ChangeRequestView } from './change-requests.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

class AgreementChangesQuery extends PageQuery {
  @ChoiceField({
    is: 'Only those in this state; `pending`: all that were submitted and have not come to their end.',
    of: ['pending', ...CHANGE_REQUEST_STATES],
    optional: true,
  })
  state?: string;
}

class ProgrammeChangesQuery extends AgreementChangesQuery {
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
}

@ApiTags('change requests')
@Controller('v1')
export class ChangeRequestsController {
  constructor(
    private readonly reader: ChangeRequestsReader,
    private readonly service: ChangeRequestService,
  ) {}

  @Get('programmes/:slug/change-requests')
  @Needs('money:read')
  @ApiOperation({
    summary: 'Which changes are asked for, the newest first, each with its effect on cost, date and benefit',
  })
  @ApiResponse({ status: 200, type: ChangeRequestPageView })
  async ofProgramme(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: ProgrammeChangesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.ofProgramme(actor, slug, query), request, reply);
  }

  @Get('agreements/:id/change-requests')
  @Needs('money:read')
  @ApiOperation({ summary: 'Which changes of an agreement were asked for, the newest first' })
  @ApiResponse({ status: 200, type: ChangeRequestPageView })
  async ofAgreement(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: AgreementChangesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.ofAgreement(actor, id, query), request, reply);
  }

  @Post('agreements/:id/change-requests')
  @Needs('change-request:prepare')
  @ApiOperation({ summary: 'Begin a request for a change of an agreement' })
  @ApiResponse({ status: 201, type: ChangeRequestView })
  async open(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() body: OpenChangeRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.service.open(actor, id, { ...body, content: contentOf(body.content) });
    reply.header('Location', `/v1/change-requests/${view.id}`);
    return this.reader.shown(view);
  }

  @Get('change-requests/:id')
  @Needs('money:read')
  @ApiOperation({
    summary: 'One change request: where it is, since when, who has it, what comes next, what it would do',
  })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Patch('change-requests/:id')
  @Needs('change-request:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Change a draft; what is left out stays as it is' })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  async save(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { title, justification, content }: SaveChangeRequestDto,
  ) {
    const asked = {
      ...(title === undefined ? {} : { title }),
      ...(justification === undefined ? {} : { justification }),
      ...(content === undefined ? {} : { content: contentOf(content) }),
    };
    return this.reader.shown(await this.service.save(actor, id, revision, asked));
  }

  @Post('change-requests/:id/submission')
  @HttpCode(200)
  @Needs('change-request:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Ask for the change: it must be possible, and what it would do is computed' })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  async submit(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(await this.service.submit(actor, id, revision));
  }

  @Post('change-requests/:id/withdrawal')
  @HttpCode(200)
  @Needs('change-request:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Take a request back' })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ChangeWithdrawalDto,
  ) {
    return this.reader.shown(await this.service.withdraw(actor, id, revision, body.reason));
  }
}
