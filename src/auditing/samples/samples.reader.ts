import { Injectable } from '@nestjs/common';
import { Clock, type Past } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { sumPence } from '../../core/money.js';
import { idIn, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound, unprocessable } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { populationHash } from './drawing.rules.js';
import { type Evaluation, evaluateMonetary, evaluateProportions } from './evaluation.rules.js';
import { instantOfEntry, sample, sampleItems, samples } from './sample.queries.js';
import type {
  Narrowed,
  Population,
  PopulationItem,
  Reproduction,
  SampleItemView,
  SampleView,
  SampleWithItems,
} from './sample.types.js';
import { drawSample } from './sample-plan.rules.js';
import { populationOf } from './sample-population.queries.js';

/** A population as it was at an entry of the log. */
export interface PopulationThen {
  programmeId: string;
  past: Past;
  items: PopulationItem[];
}

/** Samples as they are shown. Each reading throws Problem 404 where there is none. */
@Injectable()
export class SamplesReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's samples, the latest first. @throws Problem 400 where the cursor is not one */
  async list(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<SampleView>> {
    const before = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) => samples(sql, id, limit + 1, before));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** A sample with its items and, once all were looked at, what they say of the whole. */
  async one(actor: Actor, id: string): Promise<SampleWithItems> {
    return this.scope.run(actor, async (sql) => {
      const found = await sample(sql, id);
      if (!found) throw notFound('sample');
      const items = await sampleItems(sql, id);
      return { ...found, items, evaluation: evaluationOf(found, items) };
    });
  }

  /**
   * A population as it was at an entry of the log; now, without one.
   * @throws Problem 404; 422 where there is no such entry
   */
  async population(
    actor: Actor,
    slug: string,
    population: Population,
    narrowed: Narrowed,
    number: number | null,
  ): Promise<PopulationThen> {
    const past = await this.scope.pastAt(number === null ? null : await this.instantOf(actor, number));
    return this.clock.asAt(past, () =>
      this.programmes.within(actor, slug, async (sql, programmeId) => ({
        programmeId,
        past,
        items: await populationOf(sql, programmeId, population, narrowed),
      })),
    );
  }

  /** Draws a sample again, from the population as at the same entry of the log. */
  async reproduction(actor: Actor, id: string): Promise<Reproduction> {
    const stored = await this.one(actor, id);
    const { programme, population, narrowed, asAtNumber, method, parameters, seed } = stored;
    const { items } = await this.population(actor, programme, population, narrowed, asAtNumber);
    const pence = sumPence(items.map(({ amountPence }) => amountPence));
    const sha256 = populationHash(items);
    const samePopulation = sha256 === stored.populationSha256;
    const { drawn } = drawSample(method, parameters, seed, items);
    const compared = drawn.map(({ item, hits }, i) => ({
      position: i + 1,
      subjectId: item.id,
      reference: item.reference,
      hits,
      same: stored.items[i]?.subjectId === item.id && stored.items[i]?.hits === hits,
    }));
    return {
      same: samePopulation && drawn.length === stored.items.length && compared.every(({ same }) => same),
      population: { size: items.length, pence, sha256, same: samePopulation },
      drawn: compared,
    };
  }

  private async instantOf(actor: Actor, number: number): Promise<string> {
    const at = await this.scope.run(actor, (sql) => instantOfEntry(sql, number));
    if (at !== undefined) return at;
    throw unprocessable('entry-unknown', `The log has no entry ${number}.`, [
      {
        code: 'entry-unknown',
        message: 'Give the number of an entry of the log, or none for now.',
        pointer: '/asAtNumber',
      },
    ]);
  }
}

function evaluationOf(
  { method, parameters, strata }: SampleView,
  items: readonly SampleItemView[],
): Evaluation | null {
  if (items.some(({ result }) => result === null)) return null;
  const checked = items.map(({ amountPence, stratum, result, exceptionPence }) => ({
    amountPence,
    stratum,
    isException: result === 'exception',
    exceptionPence: exceptionPence ?? 0,
  }));
  const { confidence, intervalPence } = parameters;
  return method === 'monetary-unit'
    ? evaluateMonetary(checked, intervalPence ?? 1, confidence)
    : evaluateProportions(method, checked, strata, confidence);
}
