import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { ROLES } from '../../core/permissions.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ErasureService } from '../../identity/erasure.service.js';
import { PeopleReader } from '../../identity/people.reader.js';
import { INSTANT, Shows, ShowsOrNull, TextField, WHOLE } from '../fields.js';
import { linked, PageQuery } from '../paging.js';

class ErasureDto {
  @TextField({
    is: 'Why, without the name: the log keeps it for good.',
    max: 1_000,
    example: 'They left, and asked for it on 3 May.',
  })
  reason: string;
}

class PersonRecordView {
  @Shows('Their id.', { format: 'uuid' }) id: string;
  @Shows('Their name; "Erased person" of somebody who was erased.') name: string;
  @Shows('Their role.', { enum: [...ROLES] }) role: string;
  @ShowsOrNull('The trust that they act for, by ODS code.', String, { example: 'RW4' }) trust: string | null;
  @ShowsOrNull('When they last signed in.', String, INSTANT) signedInAt: string | null;
  @Shows('Whether a session of theirs goes on.') signedIn: boolean;
  @Shows('How many keys of theirs work.', WHOLE) keys: number;
  @ShowsOrNull('When the last of their keys ended, or ends.', String, INSTANT) keysUntil: string | null;
  @ShowsOrNull('When they last changed anything.', String, INSTANT) actedAt: string | null;
  @ShowsOrNull('When they were erased.', String, INSTANT) erasedAt: string | null;
  @Shows('Whether they are made up.') illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

class PersonRecordPageView {
  @Shows('People, the newest first.', { type: [PersonRecordView] }) items: PersonRecordView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

@ApiTags('administration')
@Needs('person:erase')
@Controller('v1/people')
export class PeopleController {
  constructor(
    private readonly people: PeopleReader,
    private readonly erasure: ErasureService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'People, and when they last signed in, held a key or changed anything' })
  @ApiResponse({ status: 200, type: PersonRecordPageView })
  async list(
    @By() actor: Actor,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.people.list(actor, page), request, reply);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One person' })
  @ApiResponse({ status: 200, type: PersonRecordView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.people.one(actor, id);
  }

  @Post(':id/erasure')
  @HttpCode(200)
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that you read.', example: '"1"' })
  @ApiOperation({
    summary: 'Erase a person for good: who they were goes, what they did and its proofs stay',
  })
  @ApiResponse({ status: 200, type: PersonRecordView })
  erase(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { reason }: ErasureDto,
  ) {
    return this.erasure.erase(actor, id, revision, reason);
  }
}
