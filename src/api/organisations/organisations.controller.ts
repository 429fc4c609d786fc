import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { OrganisationsReader } from '../../organisations/organisations.reader.js';
import { SourcedView } from '../common.view.js';
import { DAY, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { linked, PageQuery } from '../paging.js';

class NameView {
  @Shows('The name.', { example: 'Northumberland, Tyne and Wear NHS Foundation Trust' }) name: string;
  @ShowsOrNull('Its first day; null: from the start.', String, DAY) from: string | null;
  @ShowsOrNull('Its last day; null: still the name.', String, DAY) to: string | null;
  @Shows('Where this comes from.') sourced: SourcedView;
}

class SuccessionView {
  @Shows('What happened.', { enum: ['renamed', 'took-over-all', 'took-over-part'] }) kind: string;
  @Shows('The one before, by ODS code.', { example: 'RTV' }) predecessor: string;
  @Shows('The one after, by ODS code.', { example: 'RW4' }) successor: string;
  @Shows('The first day on which the one after is responsible.', DAY) effectiveOn: string;
  @ShowsOrNull('What was taken over.', String) scope: string | null;
  @Shows('Where this comes from.') sourced: SourcedView;
}

class OrganisationView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('ODS code.', { example: 'RX4' }) odsCode: string;
  @Shows('Its name now.') name: string;
  @ShowsOrNull('Its region.', String, { example: 'North East and Yorkshire' }) region: string | null;
  @Shows('Where code and region come from.') sourced: SourcedView;
  @Shows('Its names, in order of time.', { type: [NameView] }) names: NameView[];
  @Shows('Successions that it was part of.', { type: [SuccessionView] }) successions: SuccessionView[];
  @Shows('The ETag.', WHOLE) revision: number;
}

class OrganisationPageView {
  @Shows('The organisations, by ODS code.', { type: [OrganisationView] }) items: OrganisationView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

@ApiTags('organisations')
@Needs('programme:read')
@Controller('v1/organisations')
export class OrganisationsController {
  constructor(private readonly reader: OrganisationsReader) {}

  @Get()
  @ApiOperation({ summary: 'Trusts and other bodies, with dated names and successions' })
  @ApiResponse({ status: 200, type: OrganisationPageView })
  async list(
    @By() actor: Actor,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.list(actor, page), request, reply);
  }

  @Get(':ods')
  @ApiOperation({ summary: 'One organisation by its ODS code' })
  @ApiResponse({ status: 200, type: OrganisationView })
  one(@By() actor: Actor, @Param('ods') ods: string) {
    return this.reader.one(actor, ods);
  }
}
