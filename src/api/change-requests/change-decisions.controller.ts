import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ChangeApplicationService } from '../../change-requests/change-application.service.js';
import { ChangeDecisionService } from '../../change-requests/change-decision.service.js';
import { ChangeRequestsReader } from '../../change-requests/change-requests.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ChangeDecisionDto, ChangeDeferralDto } from './change-request.dto.js';
import { ChangeRequestView } from './change-requests.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

/** What the funder does with a change request. */
@ApiTags('change requests')
@Needs('change-request:decide')
@Controller('v1/change-requests/:id')
export class ChangeDecisionsController {
  constructor(
    private readonly reader: ChangeRequestsReader,
    private readonly decisions: ChangeDecisionService,
    private readonly applications: ChangeApplicationService,
  ) {}

  @Post('impact-assessment')
  @HttpCode(200)
  @CHANGES
  @ApiOperation({ summary: 'Compute what the change would do as things stand now, for the decision' })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  async assess(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(await this.decisions.assess(actor, id, revision));
  }

  @Post('approval')
  @HttpCode(200)
  @CHANGES
  @ApiOperation({
    summary:
      'Approve a change, as somebody who did not ask for it; refused where its impact is not the assessed one',
  })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  async approve(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ChangeDecisionDto,
  ) {
    return this.reader.shown(await this.decisions.approve(actor, id, revision, body.reason));
  }

  @Post('rejection')
  @HttpCode(200)
  @CHANGES
  @ApiOperation({ summary: 'Reject a change, as somebody who did not ask for it' })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  async reject(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ChangeDecisionDto,
  ) {
    return this.reader.shown(await this.decisions.reject(actor, id, revision, body.reason));
  }

  @Post('deferral')
  @HttpCode(200)
  @CHANGES
  @ApiOperation({ summary: 'Put the decision off until a day' })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  async defer(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ChangeDeferralDto,
  ) {
    return this.reader.shown(await this.decisions.defer(actor, id, revision, body));
  }

  @Post('application')
  @HttpCode(200)
  @CHANGES
  @ApiOperation({ summary: 'Apply an approved change, all of it or nothing; the baselines stay' })
  @ApiResponse({ status: 200, type: ChangeRequestView })
  async apply(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(await this.applications.apply(actor, id, revision));
  }
}
