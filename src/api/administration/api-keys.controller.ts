import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { idIn, pageOf } from '../../core/paging.js';
import { ROLES, type Role } from '../../core/permissions.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { LONGEST_DAYS } from '../../identity/api-key.rules.js';
import { apiKey, apiKeys } from '../../identity/identity.queries.js';
import { IdentityService } from '../../identity/identity.service.js';
import {
  ChoiceField,
  CodeField,
  INSTANT,
  Shows,
  ShowsOrNull,
  TextField,
  WHOLE,
  WholeField,
} from '../fields.js';
import { linked, PageQuery } from '../paging.js';

class NewKeyDto {
  @TextField({ is: 'Who will hold it.', max: 200, example: 'Amina Hussain' }) name: string;
  @ChoiceField({ is: 'What they may do.', of: ROLES, example: 'trust-lead' }) role: Role;
  @CodeField({
    is: 'The trust that they act for, by ODS code; for trust roles only.',
    example: 'RW4',
    nullable: true,
  })
  trust: string | null = null;
  @TextField({ is: 'What the key is for.', max: 200, example: 'Returns from the finance system' })
  label: string;
  @WholeField({ is: 'Days from now until it ends.', example: 90, min: 1, max: LONGEST_DAYS }) days: number;
}

class HolderView {
  @Shows('Their id.', { format: 'uuid' }) id: string;
  @Shows('Their name.') name: string;
  @Shows('Their role.', { enum: [...ROLES] }) role: string;
}

class ApiKeyView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What it is for.') label: string;
  @Shows('Who holds it.') person: HolderView;
  @ShowsOrNull('The trust that they act for.', String, { example: 'RW4' }) trust: string | null;
  @Shows('When it was made.', INSTANT) createdAt: string;
  @Shows('When it ends.', INSTANT) expiresAt: string;
  @ShowsOrNull('When it was ended early.', String, INSTANT) revokedAt: string | null;
  @Shows('Whether it belongs to a made-up person.') illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

class NewApiKeyView extends ApiKeyView {
  @ShowsOrNull(
    'The key itself, shown this once and kept nowhere; null when the same request is sent again.',
    String,
    { example: 'exm_…' },
  )
  secret: string | null;
}

class ApiKeyPageView {
  @Shows('The keys, newest first.', { type: [ApiKeyView] }) items: ApiKeyView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

@ApiTags('administration')
@Needs('key:manage')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly scope: ReadScope,
    private readonly identity: IdentityService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'API keys, without their secrets' })
  @ApiResponse({ status: 200, type: ApiKeyPageView })
  async list(
    @By() actor: Actor,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const before = idIn(page.after);
    const rows = await this.scope.run(actor, (sql) => apiKeys(sql, page.limit + 1, before));
    return linked(
      pageOf(rows, page.limit, (row) => [row.id]),
      request,
      reply,
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'One API key, without its secret' })
  @ApiResponse({ status: 200, type: ApiKeyView })
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    const found = await this.scope.run(actor, (sql) => apiKey(sql, id));
    if (!found) throw notFound('key');
    return found;
  }

  @Post()
  @ApiOperation({ summary: 'Make a person and a key for them' })
  @ApiResponse({ status: 201, type: NewApiKeyView })
  create(@By() actor: Actor, @Body() body: NewKeyDto) {
    return this.identity.createKey(actor, body);
  }

  @Post(':id/revocation')
  @HttpCode(200)
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that you read.', example: '"1"' })
  @ApiOperation({ summary: 'End a key for good, within a second' })
  @ApiResponse({ status: 200, type: ApiKeyView })
  revoke(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.identity.revokeKey(actor, id, revision);
  }
}
