import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import type { CostOwnerId } from '../../funding/match/cost-evidence.queries.js';
import { CostEvidenceReader } from '../../funding/match/cost-evidence.reader.js';
import { MAX_COST_LABEL } from '../../funding/match/cost-evidence.rules.js';
import { CostEvidenceService } from '../../funding/match/cost-evidence.service.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { withUpload } from '../../http/sent-file.js';
import { TextField } from '../fields.js';
import { described, GivesFile, TakesFile } from '../files.js';
import { CostEvidenceListView, CostEvidenceView } from './cost-evidence.view.js';

const PROOF = TakesFile({
  supplier: {
    type: 'string',
    maxLength: MAX_COST_LABEL,
    description: 'Who was paid, or whose valuation it is; sent before the file.',
    example: 'Northern Networks Ltd',
  },
  reference: {
    type: 'string',
    maxLength: MAX_COST_LABEL,
    description: "The supplier's own reference of it, such as the invoice number; sent before the file.",
    example: 'INV-20417',
  },
  ...described('Invoice for ward network points, May 2017'),
});

class EvidenceWithdrawalDto {
  @TextField({ is: 'Why it is taken back.', max: 2_000, example: 'Sent to the wrong contribution.' })
  reason: string;
}

@ApiTags('evidence of costs')
@Controller('v1')
export class CostEvidenceController {
  constructor(
    private readonly reader: CostEvidenceReader,
    private readonly service: CostEvidenceService,
  ) {}

  @Get('claims/:id/evidence')
  @Needs('money:read')
  @ApiOperation({ summary: 'The evidence of a claim' })
  @ApiResponse({ status: 200, type: CostEvidenceListView })
  async ofClaim(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return { items: await this.reader.of(actor, { claimId: id }) };
  }

  @Post('claims/:id/evidence')
  @Needs('claim:prepare')
  @PROOF
  @ApiOperation({ summary: 'Add a file as evidence of a claim; one piece of evidence counts once' })
  @ApiResponse({ status: 201, type: CostEvidenceView })
  addToClaim(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.add(actor, { claimId: id }, request, reply);
  }

  @Get('contributions/:id/evidence')
  @Needs('money:read')
  @ApiOperation({ summary: 'The evidence of a contribution' })
  @ApiResponse({ status: 200, type: CostEvidenceListView })
  async ofContribution(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return { items: await this.reader.of(actor, { contributionId: id }) };
  }

  @Post('contributions/:id/evidence')
  @Needs('match:record')
  @PROOF
  @ApiOperation({ summary: 'Add a file as evidence of a contribution; one piece of evidence counts once' })
  @ApiResponse({ status: 201, type: CostEvidenceView })
  addToContribution(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.add(actor, { contributionId: id }, request, reply);
  }

  @Get('cost-evidence/:id')
  @Needs('money:read')
  @ApiOperation({ summary: 'One piece of evidence of a cost: what it is, what it proves, and its digest' })
  @ApiResponse({ status: 200, type: CostEvidenceView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Get('cost-evidence/:id/content')
  @Needs('money:read')
  @GivesFile()
  @ApiOperation({ summary: 'The file itself, as it was uploaded, with its SHA-256 in Repr-Digest' })
  content(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.service.open(actor, id);
  }

  @Post('cost-evidence/:id/withdrawal')
  @HttpCode(200)
  @Needs('match:record')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that you read.', example: '"1"' })
  @ApiOperation({
    summary:
      'Take evidence back that nobody relies on yet, so that it may count for something else; for a claim, with the permission to prepare claims',
  })
  @ApiResponse({ status: 200, type: CostEvidenceView })
  withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: EvidenceWithdrawalDto,
  ) {
    return this.service.withdraw(actor, id, revision, body);
  }

  private async add(actor: Actor, owner: CostOwnerId, request: FastifyRequest, reply: FastifyReply) {
    const work = (upload: Parameters<CostEvidenceService['add']>[2]) =>
      this.service.add(actor, owner, upload);
    const view = await withUpload(request, work, ['supplier', 'reference']);
    reply.header('Location', `/v1/cost-evidence/${view.id}`);
    return view;
  }
}
