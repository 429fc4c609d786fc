import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { type Pence, sumPence } from '../../core/money.js';
import { type Fault, notFound, unprocessable } from '../../core/problems.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Drawn, populationHash } from './drawing.rules.js';
import { AuditSample, AuditSampleItem } from './sample.entity.js';
import type { PopulationItem, Result, SampleRequest, SampleWithItems } from './sample.types.js';
import { drawSample, planOf, requestFaults } from './sample-plan.rules.js';
import { SamplesReader } from './samples.reader.js';

const SEED_BYTES = 16;

/** What was seen of an item. */
export interface CheckedItem {
  result: Result;
  /** By how much the recorded amount is too high; null where there is no exception. */
  exceptionPence: Pence | null;
  words: string | null;
}

/** Samples are drawn so that anybody can draw them again, and kept with what came of them (docs/sampling.md). */
@Injectable()
export class SamplesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: SamplesReader,
    private readonly config: Config,
  ) {}

  /**
   * Draws a sample and keeps it.
   * @throws Problem 403, 404; 422 where nothing is there to draw from, or what is asked for cannot be drawn
   */
  async draw(actor: Actor, slug: string, asked: SampleRequest): Promise<SampleWithItems> {
    requirePermission(actor, 'sample:draw');
    refuseFaults(requestFaults(asked));
    const { population, method, narrowed, purpose, asAtNumber } = asked;
    const then = await this.reader.population(actor, slug, population, narrowed, asAtNumber);
    const { items, past } = then;
    if (items.length === 0) throw nothingThere();
    const plan = planOf(asked, items);
    if ('faults' in plan) throw cannotBeDrawn(plan.faults);
    const { parameters } = plan;
    const seed = asked.seed ?? randomBytes(SEED_BYTES).toString('hex');
    const { drawn, strata } = drawSample(method, parameters, seed, items);
    const { id } = await this.work.run(
      { actor, action: 'audit-sample.draw', reason: purpose },
      async (tx) => {
        const row = await tx.insert(AuditSample, {
          programme_id: then.programmeId,
          ...{ purpose, population, narrowed, method, parameters, seed, strata },
          as_at_number: past.number,
          as_at: past.at,
          population_size: items.length,
          population_pence: sumPence(items.map(({ amountPence }) => amountPence)),
          population_sha256: populationHash(items),
          items: drawn.length,
          drawn_by: actor.id,
          illustrative: this.config.demonstration,
        });
        await tx.insertAll(
          AuditSampleItem,
          drawn.map((each, i) => rowOf(row.id, i + 1, each)),
        );
        return { id: row.id };
      },
    );
    return this.reader.one(actor, id);
  }

  /** Keeps what was seen of an item. @throws Problem 403, 404, 412, 428; 422 where an exception is not explained */
  async check(
    actor: Actor,
    sampleId: string,
    itemId: string,
    revision: number | null,
    { result, exceptionPence, words }: CheckedItem,
  ): Promise<SampleWithItems> {
    await this.work.run({ actor, action: 'audit-sample.check' }, async (tx) => {
      requirePermission(actor, 'sample:draw');
      const row = await tx.lockRevision(AuditSampleItem, itemId, revision, 'item of this sample');
      if (row.sample_id !== sampleId) throw notFound('item of this sample');
      refuseUnexplained({ result, exceptionPence, words }, row.amount_pence);
      await tx.change(AuditSampleItem, row, {
        result,
        exception_pence: result === 'exception' ? exceptionPence : null,
        words,
        checked_by: actor.id,
        checked_at: tx.at,
      });
      return {};
    });
    return this.reader.one(actor, sampleId);
  }
}

function rowOf(
  sampleId: string,
  position: number,
  { item, hits, certain, stratum }: Drawn<PopulationItem>,
): Partial<AuditSampleItem> {
  return {
    sample_id: sampleId,
    position,
    subject_id: item.id,
    reference: item.reference,
    trust_ods: item.trustOds,
    about_table: item.aboutTable,
    about_id: item.aboutId,
    amount_pence: item.amountPence,
    ...{ stratum, hits, certain },
  };
}

const cannotBeDrawn = (faults: Fault[]) =>
  unprocessable('cannot-be-drawn', 'This cannot be drawn so.', faults);

function refuseFaults(faults: Fault[]): void {
  if (faults.length > 0) throw cannotBeDrawn(faults);
}

const nothingThere = () =>
  unprocessable('population-empty', 'There is nothing to draw from: the population is empty.', [
    {
      code: 'population-empty',
      message: 'Narrow it down less, or choose another population.',
      pointer: '/population',
    },
  ]);

function refuseUnexplained({ result, exceptionPence, words }: CheckedItem, amountPence: Pence): void {
  if (result === 'no-exception') return;
  const faults = [
    exceptionPence === null && {
      code: 'exception-amount-missing',
      message: 'Say by how much the amount is too high; 0 where the exception is of another kind.',
      pointer: '/exceptionPence',
    },
    exceptionPence !== null &&
      exceptionPence > amountPence && {
        code: 'exception-too-large',
        message: `It cannot be more than the whole amount, ${amountPence} pence.`,
        pointer: '/exceptionPence',
      },
    words === null && {
      code: 'exception-words-missing',
      message: 'Say what the exception is.',
      pointer: '/words',
    },
  ].filter((fault) => fault !== false);
  if (faults.length > 0) throw unprocessable('exception-unexplained', 'An exception is explained.', faults);
}
