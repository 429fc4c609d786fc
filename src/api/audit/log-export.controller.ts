import { Readable } from 'node:stream';
import { Controller, Get, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { LogExport } from '../../audit/log-export.js';
import { verifierFile } from '../../audit/verifier/verifier-file.js';
import type { Actor } from '../../core/actor.js';
import { streamFrom } from '../../exports/list-file.js';
import { By, Needs, Public } from '../../http/access.js';
import { type FileSentOut, SendsFile } from '../../http/sent-file.js';

/** What an auditor takes home: the log, and the program that verifies it. */
@ApiTags('audit')
@Controller('v1/audit')
export class LogExportController {
  constructor(private readonly log: LogExport) {}

  @Get('export')
  @Needs('log:read')
  @ApiOperation({
    summary: 'The whole log with the rows that stand, as the verifier reads it: for those who see all trusts',
  })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({
    status: 200,
    description: 'NDJSON, described in docs/verifier.md.',
    schema: { type: 'string' },
  })
  async export(@By() actor: Actor, @Req() { method }: FastifyRequest) {
    const { held, pieces } = await this.log.begin(actor);
    return new StreamableFile(streamFrom(held, method === 'HEAD' ? Readable.from([]) : pieces), {
      type: 'application/x-ndjson',
      disposition: 'attachment; filename="export.ndjson"',
    });
  }

  @Get('verifier')
  @Public()
  @ApiOperation({ summary: 'The program that verifies an export: one file that Node runs alone, offline' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, description: 'verify-log.mjs', schema: { type: 'string', format: 'binary' } })
  @SendsFile()
  async verifier(): Promise<FileSentOut> {
    const { bytes, ...file } = await verifierFile();
    const sent = { ...file, mediaType: 'text/javascript', sizeBytes: bytes.length };
    return { file: sent, stream: Readable.from([bytes]) };
  }
}
