import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { MEASUREMENT_STATES } from '../../targets/measurement.rules.js';
import { MeasurementService } from '../../targets/measurement.service.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import { ChoiceField, CodeField, IdField, ListField, TextField, WholeField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { MeasurementPageView, MeasurementsView, MeasurementView } from './measurements.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"1"',
});

class MeasurementsQuery extends PageQuery {
  @TextField({ is: 'Only those of this period.', example: '2018/19 Q1', max: 20, optional: true })
  period?: string;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @ChoiceField({ is: 'Only those in this state.', of: MEASUREMENT_STATES, optional: true }) state?: string;
  @CodeField({ is: 'Only those of this target set.', example: 'exemplar-aims/v1', optional: true })
  targetSet?: string;
}

class ValidationDto {
  @WholeField({ is: 'The numerator that you found.', example: 1180, min: 0, max: 1_000_000_000 })
  numerator: number;
  @WholeField({ is: 'The denominator that you found.', example: 4000, min: 1, max: 1_000_000_000 })
  denominator: number;
  @TextField({ is: 'How you found it.', max: 2_000, nullable: true }) note: string | null = null;
}

class ValidatedMeasurementDto extends ValidationDto {
  @IdField({ is: 'The measurement.', example: '0192f3a4-7c1e-7000-8000-5f0c3b1d2e4a' }) id: string;
  @WholeField({ is: 'Its revision when you read it.', example: 1, min: 1, max: 1_000_000_000 })
  revision: number;
}

class ValidationsDto {
  @ListField(() => ValidatedMeasurementDto, { is: 'What you found, measurement by measurement.', max: 500 })
  items: ValidatedMeasurementDto[];
}

class ReasonDto {
  @TextField({ is: 'Why.', max: 2_000 }) reason: string;
}

@ApiTags('measurements')
@Controller('v1')
export class MeasurementsController {
  constructor(
    private readonly reader: MeasurementsReader,
    private readonly service: MeasurementService,
  ) {}

  @Get('programmes/:slug/measurements')
  @Needs('progress-report:read')
  @ApiOperation({ summary: 'Measurements: what was reported and, beside it, what was validated' })
  @ApiResponse({ status: 200, type: MeasurementPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: MeasurementsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { period = null, trust = null, state = null, targetSet = null } = query;
    const page = await this.reader.list(actor, slug, { period, trust, state, targetSet }, query);
    return linked(page, request, reply);
  }

  @Get('measurements/:id')
  @Needs('progress-report:read')
  @ApiOperation({ summary: 'One measurement' })
  @ApiResponse({ status: 200, type: MeasurementView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Post('measurements/:id/validation')
  @HttpCode(200)
  @Needs('measurement:validate')
  @CHANGES
  @ApiOperation({
    summary: 'Keep a validated value beside the reported one, as somebody else than whoever reported it',
  })
  @ApiResponse({ status: 200, type: MeasurementView })
  validate(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ValidationDto,
  ) {
    return this.service.validate(actor, id, revision, body);
  }

  @Post('measurement-validations')
  @HttpCode(200)
  @Needs('measurement:validate')
  @ApiOperation({ summary: 'Validate many measurements, all of them or none' })
  @ApiResponse({ status: 200, type: MeasurementsView })
  validateAll(@By() actor: Actor, @Body() body: ValidationsDto) {
    return this.service.validateAll(actor, body.items);
  }

  @Post('measurements/:id/challenge')
  @HttpCode(200)
  @Needs('measurement:validate')
  @CHANGES
  @ApiOperation({ summary: 'Question a reported value' })
  @ApiResponse({ status: 200, type: MeasurementView })
  challenge(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ReasonDto,
  ) {
    return this.service.challenge(actor, id, revision, body.reason);
  }

  @Post('measurements/:id/answer')
  @HttpCode(200)
  @Needs('progress-report:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Stand by a value that was questioned' })
  @ApiResponse({ status: 200, type: MeasurementView })
  answer(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ReasonDto,
  ) {
    return this.service.answer(actor, id, revision, body.reason);
  }

  @Post('measurements/:id/rejection')
  @HttpCode(200)
  @Needs('measurement:validate')
  @CHANGES
  @ApiOperation({ summary: 'Say that a value does not stand: it counts no more' })
  @ApiResponse({ status: 200, type: MeasurementView })
  reject(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ReasonDto,
  ) {
    return this.service.reject(actor, id, revision, body.reason);
  }

  @Post('measurements/:id/publication')
  @HttpCode(200)
  @Needs('measurement:publish')
  @CHANGES
  @ApiOperation({ summary: 'Make a validated value public' })
  @ApiResponse({ status: 200, type: MeasurementView })
  publish(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.service.publish(actor, id, revision);
  }
}
