import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../core/actor.js';
import { FindingStepsService } from '../../findings/finding-steps.service.js';
import { FindingsReader } from '../../findings/findings.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import {
  FindingClosureDto,
  FindingDueDateDto,
  FindingFollowUpDto,
  FindingResponseDto,
} from './findings.dto.js';
import { AuditFindingStepsView } from './findings.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"1"',
});

/** What is said and done about a finding: answered, followed up, closed; and its day, where it is moved. */
@ApiTags('findings')
@Controller('v1/findings/:id')
export class FindingStepsController {
  constructor(
    private readonly reader: FindingsReader,
    private readonly service: FindingStepsService,
  ) {}

  @Post('response')
  @HttpCode(200)
  @Needs('finding:answer')
  @CHANGES
  @ApiOperation({ summary: 'Answer a finding as its owner: whether it is agreed, what is done, and by when' })
  @ApiResponse({ status: 200, type: AuditFindingStepsView })
  async respond(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: FindingResponseDto,
  ) {
    return this.reader.shown(actor, await this.service.respond(actor, id, revision, body));
  }

  @Post('follow-ups')
  @HttpCode(200)
  @Needs('finding:record')
  @CHANGES
  @ApiOperation({
    summary: 'Say what a look at it showed; where it was thought done and is not, it is opened again',
  })
  @ApiResponse({ status: 200, type: AuditFindingStepsView })
  async followUp(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: FindingFollowUpDto,
  ) {
    return this.reader.shown(actor, await this.service.followUp(actor, id, revision, body));
  }

  @Post('closure')
  @HttpCode(200)
  @Needs('finding:record')
  @CHANGES
  @ApiOperation({ summary: 'Close a finding that is implemented, or not agreed; not by whoever answered it' })
  @ApiResponse({ status: 200, type: AuditFindingStepsView })
  async close(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: FindingClosureDto,
  ) {
    return this.reader.shown(actor, await this.service.close(actor, id, revision, body));
  }

  @Post('due-date')
  @HttpCode(200)
  @Needs('finding:record')
  @CHANGES
  @ApiOperation({ summary: 'Move the day by which it is to be done, with a reason; the former day is kept' })
  @ApiResponse({ status: 200, type: AuditFindingStepsView })
  async moveDueDate(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: FindingDueDateDto,
  ) {
    return this.reader.shown(actor, await this.service.moveDueDate(actor, id, revision, body));
  }
}
