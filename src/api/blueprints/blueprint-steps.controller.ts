import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { BlueprintStepsService } from '../../blueprints/blueprint-steps.service.js';
import { BlueprintsReader } from '../../blueprints/blueprints.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { BlueprintAnswerDto, BlueprintQueryDto, BlueprintWithdrawalDto } from './blueprints.dto.js';
import { BlueprintView } from './blueprints.view.js';
import { CHANGES } from './changes.js';

/** What takes the newest version of a blueprint through its life. */
@ApiTags('blueprints')
@Controller('v1/blueprints/:id')
export class BlueprintStepsController {
  constructor(
    private readonly reader: BlueprintsReader,
    private readonly steps: BlueprintStepsService,
  ) {}

  @Post('submission')
  @HttpCode(200)
  @Needs('blueprint:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Submit the draft, with what the record says of its project today' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async submit(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.one(actor, (await this.steps.submit(actor, id, revision)).id);
  }

  @Post('review')
  @HttpCode(200)
  @Needs('blueprint:review')
  @CHANGES
  @ApiOperation({ summary: 'Take a submitted version into review, as somebody who did not write it' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async review(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.one(actor, (await this.steps.review(actor, id, revision)).id);
  }

  @Post('query')
  @HttpCode(200)
  @Needs('blueprint:review')
  @CHANGES
  @ApiOperation({ summary: 'Ask its trust about a version in review' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async query(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { question }: BlueprintQueryDto,
  ) {
    return this.reader.one(actor, (await this.steps.query(actor, id, revision, question)).id);
  }

  @Post('answer')
  @HttpCode(200)
  @Needs('blueprint:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Answer what the review asked; a correction is a new version instead' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async answer(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { answer }: BlueprintAnswerDto,
  ) {
    return this.reader.one(actor, (await this.steps.answer(actor, id, revision, answer)).id);
  }

  @Post('publication')
  @HttpCode(200)
  @Needs('blueprint:publish')
  @CHANGES
  @ApiOperation({
    summary: 'Publish a version, as somebody who did not write it, in place of the one before',
  })
  @ApiResponse({ status: 200, type: BlueprintView })
  async publish(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.one(actor, (await this.steps.publish(actor, id, revision)).id);
  }

  @Post('withdrawal')
  @HttpCode(200)
  @Needs('blueprint:withdraw')
  @CHANGES
  @ApiOperation({ summary: 'Withdraw the newest version, with the reason' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { reason }: BlueprintWithdrawalDto,
  ) {
    return this.reader.one(actor, (await this.steps.withdraw(actor, id, revision, reason)).id);
  }
}
