import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProofReader } from '../../audit/proof.reader.js';
import type { Actor } from '../../core/actor.js';
import { malformed } from '../../core/problems.js';
import { By, Needs, Public } from '../../http/access.js';
import { WholeField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import {
  CheckpointKeysView,
  CheckpointPageView,
  CheckpointView,
  ConsistencyProofView,
  InclusionProofView,
  ProofStandingView,
} from './proof.view.js';

const NUMBER = /^[1-9]\d{0,14}$/;
const WholeNumber = () =>
  Transform(({ value }) => (typeof value === 'string' && NUMBER.test(value) ? Number(value) : value));
const LIMITS = { min: 1, max: 999_999_999_999_999 };

class InclusionQuery {
  @WholeNumber()
  @WholeField({ is: 'The number of the entry.', example: 1, ...LIMITS })
  entry: number;
  @WholeNumber()
  @WholeField({ is: 'The size of a checkpoint; the newest without it.', optional: true, ...LIMITS })
  size?: number;
}

class ConsistencyQuery {
  @WholeNumber()
  @WholeField({ is: 'The size of the earlier checkpoint.', example: 1_000, ...LIMITS })
  from: number;
  @WholeNumber()
  @WholeField({ is: 'The size of the later one; the newest without it.', optional: true, ...LIMITS })
  to?: number;
}

const SIZE = { name: 'size', description: 'How many entries it covers, or `latest`.', example: 'latest' };

/** A size in an address: null for the newest. @throws Problem 400 where it is neither */
function sizeIn(text: string): number | null {
  if (text === 'latest') return null;
  if (NUMBER.test(text)) return Number(text);
  throw malformed('size-unreadable', 'Name a checkpoint by its size, such as 4312, or as latest.', [
    { code: 'size-unreadable', message: 'Neither a size nor latest.', pointer: 'size' },
  ]);
}

/** The proof of the log. Checkpoints and keys are open to all: they say nothing but a hash, a number and a time. */
@ApiTags('audit')
@Controller('v1/audit')
export class ProofController {
  constructor(private readonly reader: ProofReader) {}

  @Get('checkpoints')
  @Public()
  @ApiOperation({ summary: 'Signed checkpoints of the log, the newest first' })
  @ApiResponse({ status: 200, type: CheckpointPageView })
  async list(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.list(query), request, reply);
  }

  @Get('checkpoints/:size')
  @Public()
  @ApiParam(SIZE)
  @ApiOperation({ summary: 'One checkpoint' })
  @ApiResponse({ status: 200, type: CheckpointView })
  checkpoint(@Param('size') size: string) {
    return this.reader.checkpoint(sizeIn(size));
  }

  @Get('checkpoints/:size/note')
  @Public()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiParam(SIZE)
  @ApiProduces('text/plain')
  @ApiOperation({ summary: 'One checkpoint as it was signed, byte for byte' })
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  async note(@Param('size') size: string) {
    return (await this.reader.checkpoint(sizeIn(size))).note;
  }

  @Get('keys')
  @Public()
  @ApiOperation({ summary: 'The public keys that checkpoints were signed with, those of before too' })
  @ApiResponse({ status: 200, type: CheckpointKeysView })
  async keys() {
    return { items: await this.reader.keys() };
  }

  @Get('standing')
  @Needs('log:read')
  @ApiOperation({ summary: 'How it stands with the proof of the log: signed, published, or stopped and why' })
  @ApiResponse({ status: 200, type: ProofStandingView })
  standing(@By() actor: Actor) {
    return this.reader.standing(actor);
  }

  @Get('inclusion-proofs')
  @Needs('log:read')
  @ApiOperation({ summary: 'The proof that an entry is in the log' })
  @ApiResponse({ status: 200, type: InclusionProofView })
  async inclusion(@By() actor: Actor, @Query() { entry, size }: InclusionQuery) {
    const proof = await this.reader.inclusion(actor, entry, size ?? null);
    const words = `Entry ${entry} is one of the ${proof.checkpoint.size} entries that the checkpoint covers. Hash the entry’s leaf, go up with the hashes as RFC 9162 section 2.1.3.2 says, and compare with the root in the note, whose signature you check with a key that you kept.`;
    return { words, ...proof };
  }

  @Get('consistency-proofs')
  @Needs('log:read')
  @ApiOperation({ summary: 'The proof that the log only grew between two checkpoints' })
  @ApiResponse({ status: 200, type: ConsistencyProofView })
  async consistency(@By() actor: Actor, @Query() { from, to }: ConsistencyQuery) {
    const proof = await this.reader.consistency(actor, from, to ?? null);
    const words = `The log of ${proof.to.size} entries begins with the ${from} entries of the earlier checkpoint, none of them changed. Check it as RFC 9162 section 2.1.4.2 says, against both notes, of which you kept the earlier one.`;
    return { words, ...proof };
  }
}
