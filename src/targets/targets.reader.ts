import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { type TargetSetView, targetSets } from './target.queries.js';

/** Target sets as they are shown. */
@Injectable()
export class TargetsReader {
  constructor(private readonly programmes: ProgrammesReader) {}

  /** The target sets of a programme, with measures, baselines and trajectories. @throws Problem 404 */
  ofProgramme(actor: Actor, slug: string): Promise<TargetSetView[]> {
    return this.programmes.within(actor, slug, targetSets);
  }
}
