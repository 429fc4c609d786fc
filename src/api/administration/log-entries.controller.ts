import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LogReader } from '../../audit/log.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { CodeField, IdField, INSTANT, Shows, ShowsOrNull, TextField, WHOLE } from '../fields.js';
import { linked, PageQuery } from '../paging.js';

class LogQuery extends PageQuery {
  @TextField({ is: 'Only changes of this table.', example: 'progress_report', max: 63, optional: true })
  table?: string;
  @IdField({ is: 'Only changes of the thing with this id.', optional: true }) subject?: string;
  @CodeField({ is: 'Only changes by this action.', example: 'progress-report.accept', optional: true })
  action?: string;
}

class LogActorView {
  @Shows("A person's id, or what the system was at.", { example: 'system:assess-return' }) id: string;
  @Shows('Their name.') name: string;
  @Shows('Their role.', { example: 'assessor' }) role: string;
}

class LogEntryView {
  @Shows('Its place in the log: without a gap, in the order of commits.', WHOLE) number: number;
  @Shows('When it was recorded: never before the entry before it.', INSTANT) recordedAt: string;
  @Shows('What was done to the row.', { enum: ['insert', 'update', 'delete'] }) operation: string;
  @Shows('The table.', { example: 'progress_report' }) table: string;
  @Shows('The id of the row.', { format: 'uuid' }) subject: string;
  @ShowsOrNull('The trust that the row belongs to.', String, { format: 'uuid' }) trust: string | null;
  @Shows('Who did it.') actor: LogActorView;
  @Shows('What they did.', { example: 'progress-report.accept' }) action: string;
  @ShowsOrNull('Why, where they said.', String) reason: string | null;
  @ShowsOrNull('The request.', String) request: string | null;
  @Shows('Whether a signed checkpoint covers it, so that it can be proved.', { example: true })
  provable: boolean;
  @ShowsOrNull('The size of the first checkpoint that does; null where none does yet.', Number, WHOLE)
  checkpointSize: number | null;
  @ShowsOrNull('The row before.', Object) old: object | null;
  @ShowsOrNull('The row after.', Object) new: object | null;
}

class LogPageView {
  @Shows('The entries, newest first.', { type: [LogEntryView] }) items: LogEntryView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

@ApiTags('audit')
@Controller('v1/log-entries')
export class LogEntriesController {
  constructor(private readonly reader: LogReader) {}

  @Get()
  @Needs('log:read')
  @ApiOperation({ summary: 'The log: every change of every row, with who, what, why, before and after' })
  @ApiResponse({ status: 200, type: LogPageView })
  async list(
    @By() actor: Actor,
    @Query() query: LogQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { table = null, subject = null, action = null } = query;
    return linked(await this.reader.list(actor, { table, subject, action }, query), request, reply);
  }
}
