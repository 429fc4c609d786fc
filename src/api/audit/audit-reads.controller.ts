import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditReadsReader } from '../../auditing/reads/audit-reads.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { PersonView } from '../common.view.js';
import { DayField, IdField, INSTANT, Shows, ShowsOrNull, TextField, WHOLE } from '../fields.js';
import { linked, PageQuery } from '../paging.js';

class AuditReadsQuery extends PageQuery {
  @IdField({ is: 'Only what this person looked at, by id.', optional: true }) person?: string;
  @TextField({
    is: 'Only paths that begin so.',
    max: 500,
    example: '/v1/programmes/mental-health-exemplars',
    optional: true,
  })
  path?: string;
  @DayField({ is: 'Only since this day.', optional: true }) from?: string;
  @DayField({ is: 'Only until this day, itself included.', optional: true }) to?: string;
}

class ReadSubjectView {
  @Shows('The table.', { example: 'claim' }) table: string;
  @ShowsOrNull('The row; null where the path names it otherwise.', String, { format: 'uuid' }) id:
    | string
    | null;
}

class AuditReadView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Who looked.') person: PersonView;
  @Shows('When.', INSTANT) at: string;
  @Shows('How.', { enum: ['GET', 'HEAD'] }) method: string;
  @Shows('The path with its query, without secrets and names of people.', {
    example: '/v1/claims/01a214a0-63c2-7e31-8b09-f49301fd749d',
  })
  path: string;
  @ShowsOrNull('The pattern of the path.', String, { example: '/v1/claims/:id' }) route: string | null;
  @ShowsOrNull('The past moment that was asked for.', String, INSTANT) asAt: string | null;
  @ShowsOrNull('The last entry of the log at that moment.', Number, WHOLE) asAtNumber: number | null;
  @Shows('What it was answered with.', { ...WHOLE, example: 200 }) status: number;
  @ShowsOrNull('What was looked at, where the path says it.', ReadSubjectView)
  subject: ReadSubjectView | null;
  @Shows('The request.', { example: 'c0ffee00-1111' }) requestId: string;
}

class AuditReadPageView {
  @Shows('What auditors looked at, the latest first.', { type: [AuditReadView] }) items: AuditReadView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

/** Who of the auditors looked at what. */
@ApiTags('audit reads')
@Controller('v1/audit/reads')
export class AuditReadsController {
  constructor(private readonly reader: AuditReadsReader) {}

  @Get()
  @Needs('log:read')
  @ApiOperation({ summary: 'What auditors looked at, each reading of theirs, the latest first' })
  @ApiResponse({ status: 200, type: AuditReadPageView })
  async list(
    @By() actor: Actor,
    @Query() query: AuditReadsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { person = null, path = null, from = null, to = null } = query;
    return linked(await this.reader.list(actor, { person, path, from, to }, query), request, reply);
  }
}
