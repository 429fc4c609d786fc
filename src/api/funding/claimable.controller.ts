import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../core/actor.js';
import { ClaimableReader } from '../../funding/claims/claimable.reader.js';
import { By, Needs } from '../../http/access.js';
import { ClaimableView } from './claimable.view.js';

@ApiTags('claims')
@Controller('v1')
export class ClaimableController {
  constructor(private readonly reader: ClaimableReader) {}

  @Get('programmes/:slug/trusts/:ods/claimable')
  @Needs('money:read')
  @ApiOperation({
    summary: 'How much a trust can claim now, by agreement and tranche, and what limits it',
  })
  @ApiResponse({ status: 200, type: ClaimableView })
  claimable(@By() actor: Actor, @Param('slug') slug: string, @Param('ods') ods: string) {
    return this.reader.of(actor, slug, ods);
  }
}
