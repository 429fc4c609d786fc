import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { BenefitStepsService } from '../../benefits/benefit-steps.service.js';
import { BenefitsReader } from '../../benefits/benefits.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { BenefitReasonDto, CountingDto, OwnersDto } from './benefits.dto.js';
import { ShownBenefitView } from './benefits.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"1"',
});

/** What becomes of a benefit after it was written. */
@ApiTags('benefits')
@Controller('v1/benefits/:id')
export class BenefitStepsController {
  constructor(
    private readonly reader: BenefitsReader,
    private readonly service: BenefitStepsService,
  ) {}

  @Post('agreement')
  @HttpCode(200)
  @Needs('benefit:agree')
  @CHANGES
  @ApiOperation({
    summary: 'Agree baseline and plan, which never change from then on; not by who recorded them',
  })
  @ApiResponse({ status: 200, type: ShownBenefitView })
  async agree(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    await this.service.agree(actor, id, revision);
    return this.reader.one(actor, id);
  }

  @Post('owners')
  @HttpCode(200)
  @Needs('benefit:record')
  @CHANGES
  @ApiOperation({ summary: 'Say who sees to it now and after the project, by job title' })
  @ApiResponse({ status: 200, type: ShownBenefitView })
  async setOwners(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: OwnersDto,
  ) {
    await this.service.setOwners(actor, id, revision, body);
    return this.reader.one(actor, id);
  }

  @Post('counting')
  @HttpCode(200)
  @Needs('benefit:agree')
  @CHANGES
  @ApiOperation({ summary: 'Say which benefit this very gain is counted in, so that it counts once' })
  @ApiResponse({ status: 200, type: ShownBenefitView })
  async countIn(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: CountingDto,
  ) {
    await this.service.countIn(actor, id, revision, body);
    return this.reader.one(actor, id);
  }

  @Post('completion')
  @HttpCode(200)
  @Needs('benefit:record')
  @CHANGES
  @ApiOperation({ summary: 'Say that it is realised: every planned year is validated' })
  @ApiResponse({ status: 200, type: ShownBenefitView })
  async complete(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    await this.service.complete(actor, id, revision);
    return this.reader.one(actor, id);
  }

  @Post('closure')
  @HttpCode(200)
  @Needs('benefit:agree')
  @CHANGES
  @ApiOperation({ summary: 'Close what is realised' })
  @ApiResponse({ status: 200, type: ShownBenefitView })
  async close(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: BenefitReasonDto,
  ) {
    await this.service.close(actor, id, revision, body);
    return this.reader.one(actor, id);
  }

  @Post('withdrawal')
  @HttpCode(200)
  @Needs('benefit:agree')
  @CHANGES
  @ApiOperation({ summary: 'Withdraw it: nothing of it counts any more' })
  @ApiResponse({ status: 200, type: ShownBenefitView })
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: BenefitReasonDto,
  ) {
    await this.service.withdraw(actor, id, revision, body);
    return this.reader.one(actor, id);
  }
}
