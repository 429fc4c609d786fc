import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, may } from '../core/actor.js';
import { cursorValues, idIn, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  type AdoptionFilter,
  type AdoptionRow,
  adoption,
  adoptionCounts,
  adoptionOutcomes,
  adoptions,
  type LearnedFrom,
  learnedFrom,
  type WaitingFigures,
  waitingFigures,
} from './adoption.queries.js';
import {
  type AdoptionState,
  type AdoptionStep,
  type FasterAndCheaper,
  fasterAndCheaper,
  type Outcome,
  openAdoptionSteps,
  outcomeOf,
} from './adoption.rules.js';
import {
  FIGURES_STEPS,
  type FiguresState,
  type FiguresStep,
  figuresBlockers,
} from './adoption-figures.rules.js';
import { blueprintTitle } from './blueprint.rules.js';
import { type PairingRow, pairedBodies, pairing, pairings, successions } from './pairing.queries.js';
import {
  type Joined,
  joinedOn,
  matchShortPence,
  openPairingSteps,
  type PairingState,
  type PairingStep,
  type Succession,
  standingOf,
} from './pairing.rules.js';

/** An adoption with its outcome, and what its reader may do. */
export interface ShownAdoption
  extends Omit<AdoptionRow, 'blueprint' | 'exemplarDays' | 'exemplarPence' | 'validated'> {
  blueprint: { id: string; reference: string; version: number; title: string };
  outcome: Outcome;
  next: Array<AdoptionStep | FiguresStep>;
  /** Whether the reader may write how it goes. */
  mayWrite: boolean;
}

/** A pairing as it stands on the day of the reading. */
export interface ShownPairing extends Omit<PairingRow, 'decided' | 'ratio'> {
  state: PairingState;
  /** When the two bodies joined, or will; null while they are apart. A pairing of joined bodies is ended. */
  joined: Joined | null;
  /** Whether it is their joining that ended it, and no decision. */
  endedByJoining: boolean;
  /** By how much the recorded match is below what the recorded award asks for. */
  matchShortPence: number | null;
  next: PairingStep[];
}

/** What became of a programme's blueprints, over all adoptions (programme manager 10). */
export interface AdoptionAnswer extends FasterAndCheaper {
  learned: LearnedFrom[];
}

/** How many follow somebody in a programme and how many of these are confirmed; and what is adopted of it. */
export interface FollowerCounts {
  named: number;
  confirmed: number;
  adoptions: number;
  live: number;
}

/** What somebody has to do with the figures of an adoption. */
export type FiguresTodo = 'validate' | 'correct';

/** Adoptions and pairings as they are shown. */
@Injectable()
export class AdoptionsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /**
   * A page of a programme's adoptions, the newest first, with what all of them come to (programme manager 10).
   * @throws Problem 404; 400 where the cursor is not one
   */
  async ofProgramme(
    actor: Actor,
    slug: string,
    filter: AdoptionFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<ShownAdoption> & { answer: AdoptionAnswer }> {
    const before = idIn(after);
    const { rows, answer } = await this.programmes.within(actor, slug, async (sql, id) => ({
      rows: await adoptions(sql, id, filter, limit + 1, before),
      answer: { ...fasterAndCheaper(await adoptionOutcomes(sql, id)), learned: await learnedFrom(sql, id) },
    }));
    const { items, next } = pageOf(rows, limit, (row) => [row.id]);
    return { items: items.map((row) => shownAdoption(actor, row)), next, answer };
  }

  /** @throws Problem 404 */
  async adoption(actor: Actor, id: string): Promise<ShownAdoption> {
    const found = await this.scope.run(actor, (sql) => adoption(sql, id));
    if (!found) throw notFound('adoption');
    return shownAdoption(actor, found);
  }

  /**
   * The adoptions of a programme whose figures wait for the actor: to be looked at, where nobody else than others
   * recorded them; or to be written anew, where they were sent back and are their own trust's or their own work. `limit` are looked at.
   * @throws Problem 404
   */
  async waiting(
    actor: Actor,
    slug: string,
    limit: number,
  ): Promise<Array<WaitingFigures & { todo: FiguresTodo }>> {
    const rows = await this.programmes.within(actor, slug, (sql, id) => waitingFigures(sql, id, limit));
    const todoOf = (row: WaitingFigures): FiguresTodo | null => {
      if (figuresSteps(actor, row, row.figures).length > 0) return 'validate';
      const theirs = row.organisationId === actor.trustId || row.figuresBy.includes(actor.id);
      return row.figures === 'rejected' && theirs && may(actor, 'blueprint:use') ? 'correct' : null;
    };
    return rows.flatMap((row) => {
      const todo = todoOf(row);
      return todo === null ? [] : [{ ...row, todo }];
    });
  }

  /** How many follow, how many are confirmed, and how much is adopted. @throws Problem 404 */
  async counts(actor: Actor, slug: string): Promise<FollowerCounts> {
    const { pairs, known, adopted } = await this.programmes.within(actor, slug, async (sql, id) => ({
      pairs: await pairedBodies(sql, id),
      known: await successions(sql),
      adopted: await adoptionCounts(sql, id),
    }));
    const today = this.clock.today();
    const standing = pairs.map(
      ({ decided, follower, exemplar }) =>
        standingOf(decided, joinedOn(follower, exemplar, known), today).state,
    );
    return {
      named: pairs.length,
      confirmed: standing.filter((state) => state === 'confirmed').length,
      ...adopted,
    };
  }

  /** A page of a programme's pairings, by the follower's name. @throws Problem 404; 400 where the cursor is not one */
  async pairings(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<ShownPairing>> {
    const from = cursorValues(after, [isText, isId]);
    const { rows, known } = await this.programmes.within(actor, slug, async (sql, id) => ({
      rows: await pairings(sql, id, limit + 1, from),
      known: await successions(sql),
    }));
    const { items, next } = pageOf(rows, limit, ({ follower, id }) => [follower.name, id]);
    return { items: items.map((row) => this.shownPairing(actor, row, known)), next };
  }

  /** @throws Problem 404 */
  async pairing(actor: Actor, id: string): Promise<ShownPairing> {
    const { row, known } = await this.scope.run(actor, async (sql) => ({
      row: await pairing(sql, id),
      known: await successions(sql),
    }));
    if (!row) throw notFound('pairing');
    return this.shownPairing(actor, row, known);
  }

  private shownPairing(actor: Actor, row: PairingRow, known: readonly Succession[]): ShownPairing {
    const { decided, ratio, ...rest } = row;
    const today = this.clock.today();
    const joined = joinedOn(row.follower.odsCode, row.exemplar.odsCode, known);
    const { state, byJoining } = standingOf(decided, joined, today);
    return {
      ...rest,
      state,
      joined,
      endedByJoining: byJoining,
      matchShortPence: row.award && matchShortPence(row.award, ratio),
      next: may(actor, 'pairing:decide') ? openPairingSteps({ state: decided, joined }, today) : [],
    };
  }
}

/** What somebody may decide on the figures of an adoption. */
const figuresSteps = (
  actor: Actor,
  { state, figuresBy }: { state: AdoptionState; figuresBy: readonly string[] },
  figures: FiguresState,
): FiguresStep[] =>
  FIGURES_STEPS.filter(
    (step) =>
      may(actor, 'adoption:validate') &&
      figuresBlockers(step, { state, figures, recordedBy: figuresBy }, actor.id).length === 0,
  );

function shownAdoption(actor: Actor, row: AdoptionRow): ShownAdoption {
  const { blueprint, exemplarDays, exemplarPence, validated, ...rest } = row;
  const { id, reference, version } = blueprint;
  const own = may(actor, 'blueprint:use') && [null, row.organisation.odsCode].includes(actor.trustOds);
  return {
    ...rest,
    blueprint: { id, reference, version, title: blueprintTitle(blueprint) },
    outcome: outcomeOf(row),
    next: [...(own ? openAdoptionSteps(row.state) : []), ...figuresSteps(actor, row, row.figures.state)],
    mayWrite: own && row.state !== 'abandoned',
  };
}
