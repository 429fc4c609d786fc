import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type {
  ProgrammeProgressView,
  TrustProgressView,
} from '../../progress-reports/programme-progress.types.js';
import { ProgressReader } from '../../progress-reports/progress.reader.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import { PeersReader } from '../../targets/peers.reader.js';
import { TargetsReader } from '../../targets/targets.reader.js';
import { asked } from '../page/address.js';
import type { MeasuresViews } from './measures.page.js';

/** More measurements than a trust has of a target set in a period. */
const ALL = 500;

/** Reads what the comparison of a trust's measures needs. */
@Injectable()
export class MeasuresReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly progress: ProgressReader,
    private readonly targets: TargetsReader,
    private readonly measurements: MeasurementsReader,
    private readonly peers: PeersReader,
  ) {}

  /** @throws Problem 404 where there is no such trust, period or target set */
  async of(
    actor: Actor,
    slug: string,
    ods: string,
    query: { period?: string; targetSet?: string },
  ): Promise<MeasuresViews> {
    const newest = await this.trust(actor, slug, ods, null);
    const label = asked(query.period) ?? newest.history.at(-1)?.period ?? newest.period.label;
    const progress = label === newest.period.label ? newest : await this.trust(actor, slug, ods, label);
    const targetSets = await this.targets.ofProgramme(actor, slug);
    const current = targetSets.filter((set) => set.current);
    const wanted = asked(query.targetSet);
    const set = targetSets.find(({ ref }) => ref === wanted) ?? (wanted ? undefined : current[0]);
    if (!set) throw notFound('target set');
    const filter = { trust: ods, period: label, state: null, targetSet: set.ref };
    const { items } = await this.measurements.list(actor, slug, filter, { limit: ALL });
    const { json } = await this.progress.programme(actor, slug, label, { limit: 1 });
    return {
      programme: await this.programmes.one(actor, slug),
      progress,
      programmeProgress: JSON.parse(json) as ProgrammeProgressView,
      set,
      targetSets,
      period: progress.period,
      periods: [...new Set([...newest.history.map(({ period }) => period), label])],
      measurements: items.filter(({ state }) => state !== 'superseded' && state !== 'rejected'),
      peers: await this.peers.of(actor, slug, ods, label),
    };
  }

  private async trust(
    actor: Actor,
    slug: string,
    ods: string,
    period: string | null,
  ): Promise<TrustProgressView> {
    return JSON.parse(await this.progress.trust(actor, slug, ods, period)) as TrustProgressView;
  }
}
