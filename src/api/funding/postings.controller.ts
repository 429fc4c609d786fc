import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { LedgerReader } from '../../funding/ledger.reader.js';
import { type JournalKind, MOVES } from '../../funding/ledger.rules.js';
import { By, Needs } from '../../http/access.js';
import { Wanted, type WantedFile } from '../../http/wanted-file.js';
import { ChoiceField, CodeField, FinancialYearField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { LedgerPostingPageView } from './postings.view.js';

class PostingsQuery extends PageQuery {
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @FinancialYearField({ is: 'Only those of this financial year.', optional: true }) financialYear?: string;
  @ChoiceField({ is: 'Only those of such lines.', of: ['capital', 'revenue'], optional: true })
  line?: 'capital' | 'revenue';
  @ChoiceField({ is: 'Only grant, or only match.', of: ['grant', 'match'], optional: true })
  source?: 'grant' | 'match';
  @ChoiceField({ is: 'Only those in journals of this kind.', of: Object.keys(MOVES), optional: true })
  kind?: JournalKind;
}

@ApiTags('ledger')
@Controller('v1')
export class PostingsController {
  constructor(private readonly reader: LedgerReader) {}

  @Get('programmes/:slug/postings')
  @Needs('money:read')
  @ApiOperation({ summary: 'The whole ledger of a programme: every posting, with what it is of' })
  @ApiResponse({ status: 200, type: LedgerPostingPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PostingsQuery,
    @Wanted() file: WantedFile | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { limit, after, ...filter } = query;
    if (file) return this.reader.copiedPostings(actor, slug, filter, after);
    return linked(await this.reader.postings(actor, slug, filter, { limit, after }), request, reply);
  }
}
