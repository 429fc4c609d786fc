import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { ExportService } from '../../exports/export.service.js';
import { FORMAT_NAMES, FORMATS, type Format } from '../../exports/format.rules.js';
import { By, SignedIn } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { sendExport } from '../../http/sent-export.js';
import { ChoiceField, INSTANT, Shows, ShowsOrNull, TextField, WHOLE } from '../fields.js';
import { linked, PageQuery } from '../paging.js';

class ExportDto {
  @TextField({
    is: 'The address of the list, with its filters: `asAt` among them, and neither limit nor after.',
    example: '/v1/programmes/mental-health-exemplars/postings?trust=RW4',
    max: 2_000,
  })
  list: string;
  @ChoiceField({ is: 'The kind of file.', of: FORMAT_NAMES, example: 'csv' }) format: Format;
}

class ExportRequestView {
  @Shows('Its id: /v1/exports/{id}.', { format: 'uuid' }) id: string;
  @Shows('The receipt of the job that makes it: /v1/receipts/{id}.', { format: 'uuid' }) receipt: string;
}

class ExportView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The address of the list.', { example: '/v1/claims' }) list: string;
  @Shows('The kind of file.', { enum: [...FORMAT_NAMES] }) format: string;
  @Shows('How far it is.', { enum: ['waiting', 'working', 'ready', 'failed', 'expired'] }) state: string;
  @Shows('When it was asked for.', INSTANT) askedAt: string;
  @ShowsOrNull('The moment that all of it is of.', String, INSTANT) asAt: string | null;
  @ShowsOrNull('Its rows.', Number, WHOLE) rows: number | null;
  @ShowsOrNull('Its size in bytes.', Number, WHOLE) bytes: number | null;
  @ShowsOrNull('The SHA-256 of its bytes, in hexadecimal.', String) sha256: string | null;
  @ShowsOrNull('When it will be deleted.', String, INSTANT) expiresAt: string | null;
  @Shows('The receipt of the job that makes it.', { format: 'uuid' }) receipt: string;
}

class ExportPageView {
  @Shows('Your files, newest first.', { type: [ExportView] }) items: ExportView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

@ApiTags('exports')
@SignedIn()
@Controller('v1/exports')
export class ExportsController {
  constructor(private readonly service: ExportService) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have the queue make a file of a whole list; it is kept for 7 days, for you alone',
  })
  @ApiResponse({ status: 202, type: ExportRequestView })
  async add(
    @By() actor: Actor,
    @Body() { list, format }: ExportDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asked = await this.service.request(actor, list, format);
    reply.header('Location', `/v1/exports/${asked.id}`);
    return asked;
  }

  @Get()
  @ApiOperation({ summary: 'The files that you asked for' })
  @ApiResponse({ status: 200, type: ExportPageView })
  async list(
    @By() actor: Actor,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.service.list(actor, query), request, reply);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them: how far it is, and what it holds' })
  @ApiResponse({ status: 200, type: ExportView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.service.one(actor, id);
  }

  @Get(':id/content')
  @ApiProduces(...FORMAT_NAMES.map((format) => FORMATS[format].mediaType))
  @ApiOperation({
    summary:
      'The file itself, or a part of it (Range, If-Range), with the SHA-256 of the whole in Repr-Digest',
  })
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The file.' })
  @ApiResponse({ status: 206, schema: { type: 'string', format: 'binary' }, description: 'A part of it.' })
  content(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return sendExport(this.service, actor, id, request, reply);
  }
}
