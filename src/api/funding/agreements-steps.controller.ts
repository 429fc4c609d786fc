import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { AgreementService } from '../../funding/agreements/agreement.service.js';
import { AgreementEndingService } from '../../funding/agreements/agreement-ending.service.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { NovationService } from '../../funding/agreements/novation.service.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { NovationDto, StepReasonDto, StepRemarkDto, TerminationDto } from './agreements.dto.js';
import { AgreementView } from './agreements.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

/** The steps of an agreement's life. */
@ApiTags('agreements')
@Controller('v1/agreements/:id')
export class AgreementStepsController {
  constructor(
    private readonly reader: AgreementsReader,
    private readonly agreements: AgreementService,
    private readonly endings: AgreementEndingService,
    private readonly novations: NovationService,
  ) {}

  @Post('due-diligence')
  @HttpCode(200)
  @Needs('agreement:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Send a draft to due diligence' })
  @ApiResponse({ status: 200, type: AgreementView })
  async beginDueDiligence(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
  ) {
    return this.reader.shown(actor, await this.agreements.beginDueDiligence(actor, id, revision));
  }

  @Post('return-to-draft')
  @HttpCode(200)
  @Needs('agreement:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Take it back from due diligence, to be changed' })
  @ApiResponse({ status: 200, type: AgreementView })
  async returnToDraft(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: StepReasonDto,
  ) {
    return this.reader.shown(actor, await this.agreements.returnToDraft(actor, id, revision, body.reason));
  }

  @Post('approval')
  @HttpCode(200)
  @Needs('agreement:approve')
  @CHANGES
  @ApiOperation({ summary: 'Approve its first version, as another person than whoever prepared it' })
  @ApiResponse({ status: 200, type: AgreementView })
  async approve(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: StepRemarkDto,
  ) {
    return this.reader.shown(
      actor,
      await this.agreements.approve(actor, id, revision, body.reason ?? undefined),
    );
  }

  @Post('offer')
  @HttpCode(200)
  @Needs('agreement:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Offer it to the trust' })
  @ApiResponse({ status: 200, type: AgreementView })
  async offer(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(actor, await this.agreements.offer(actor, id, revision));
  }

  @Post('signature')
  @HttpCode(200)
  @Needs('agreement:sign')
  @CHANGES
  @ApiOperation({ summary: "Sign it, as the trust's finance director" })
  @ApiResponse({ status: 200, type: AgreementView })
  async sign(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(actor, await this.agreements.sign(actor, id, revision));
  }

  @Post('activation')
  @HttpCode(200)
  @Needs('agreement:approve')
  @CHANGES
  @ApiOperation({ summary: 'Put it in force: its grant is awarded and its match pledged, line by line' })
  @ApiResponse({ status: 200, type: AgreementView })
  async activate(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(actor, await this.agreements.activate(actor, id, revision));
  }

  @Post('withdrawal')
  @HttpCode(200)
  @Needs('agreement:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Give it up before it is in force' })
  @ApiResponse({ status: 200, type: AgreementView })
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: StepReasonDto,
  ) {
    return this.reader.shown(actor, await this.agreements.withdraw(actor, id, revision, body.reason));
  }

  @Post('suspension')
  @HttpCode(200)
  @Needs('agreement:approve')
  @CHANGES
  @ApiOperation({ summary: 'Stop it for a time: nothing is claimed or paid' })
  @ApiResponse({ status: 200, type: AgreementView })
  async suspend(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: StepReasonDto,
  ) {
    return this.reader.shown(actor, await this.endings.suspend(actor, id, revision, body.reason));
  }

  @Post('resumption')
  @HttpCode(200)
  @Needs('agreement:approve')
  @CHANGES
  @ApiOperation({ summary: 'Let it go on' })
  @ApiResponse({ status: 200, type: AgreementView })
  async resume(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: StepReasonDto,
  ) {
    return this.reader.shown(actor, await this.endings.resume(actor, id, revision, body.reason));
  }

  @Post('closing')
  @HttpCode(200)
  @Needs('agreement:approve')
  @CHANGES
  @ApiOperation({ summary: 'Begin to close it' })
  @ApiResponse({ status: 200, type: AgreementView })
  async beginClosing(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: StepRemarkDto,
  ) {
    return this.reader.shown(
      actor,
      await this.endings.beginClosing(actor, id, revision, body.reason ?? undefined),
    );
  }

  @Post('closure')
  @HttpCode(200)
  @Needs('agreement:approve')
  @CHANGES
  @ApiOperation({
    summary: 'Close it once nothing is under way: what was never claimed or evidenced is withdrawn',
  })
  @ApiResponse({ status: 200, type: AgreementView })
  async close(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: StepRemarkDto,
  ) {
    return this.reader.shown(actor, await this.endings.close(actor, id, revision, body.reason ?? undefined));
  }

  @Post('termination')
  @HttpCode(200)
  @Needs('agreement:approve')
  @CHANGES
  @ApiOperation({ summary: 'End it before its time, on an authority' })
  @ApiResponse({ status: 200, type: AgreementView })
  async terminate(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: TerminationDto,
  ) {
    return this.reader.shown(actor, await this.endings.terminate(actor, id, revision, body));
  }

  @Post('novation')
  @Needs('agreement:approve')
  @CHANGES
  @ApiOperation({
    summary: 'Give it to whoever took over all of its holder: the answer is the agreement of the successor',
  })
  @ApiResponse({ status: 201, type: AgreementView })
  async novate(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: NovationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.novations.novate(actor, id, revision, body);
    reply.header('Location', `/v1/agreements/${view.id}`);
    return this.reader.shown(actor, view);
  }
}
