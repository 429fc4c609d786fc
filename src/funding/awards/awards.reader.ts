import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type AwardView, awards } from './award.queries.js';

/** Awards as they are shown. */
@Injectable()
export class AwardsReader {
  constructor(private readonly programmes: ProgrammesReader) {}

  /** The awards of a programme, by trust. @throws Problem 404 */
  ofProgramme(actor: Actor, slug: string): Promise<AwardView[]> {
    return this.programmes.within(actor, slug, awards);
  }
}
