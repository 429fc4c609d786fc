import { Injectable } from '@nestjs/common';
import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import type { Sql } from '../../database/sql.js';

/** Whose gates are looked at, and on which day. */
export interface GateScope {
  programmeId: string;
  trustIds: readonly string[];
  today: DateOn;
}

/** Something that keeps a gate shut: of one tranche, or, where `trancheId` is null, of every tranche of the trust. */
export interface GivenBlocker {
  trustId: string;
  trancheId: string | null;
  /** Complete: with `about`, `clearedBy` and `dueOn`. */
  blocker: Blocker;
}

/** A condition of a gate that another room knows of. */
export interface GateCondition {
  /** What must hold, for the record of a decision: `no return overdue`. */
  name: string;
  /** The codes that its blockers may have; a waiver can name them. */
  codes: readonly string[];
  /** What keeps gates shut, for the whole scope at once: one statement, however many tranches there are. */
  blockers(sql: Sql, scope: GateScope): Promise<GivenBlocker[]>;
}

/**
 * The conditions of gates that other rooms give, so that the gate needs to know none of them. A room below gives its
 * own when the program starts: `progress-reports` gives "no return overdue". This room itself gives "assurance valid",
 * which it asks of `assurance`, above it.
 */
@Injectable()
export class GateConditions {
  private readonly conditions: GateCondition[] = [];

  /** @throws Error where two conditions have the same name or a code in common */
  give(condition: GateCondition): void {
    const taken = (each: GateCondition): boolean =>
      each.name === condition.name || each.codes.some((code) => condition.codes.includes(code));
    if (this.conditions.some(taken)) throw new Error(`Two conditions of gates are ${condition.name}`);
    this.conditions.push(condition);
  }

  names(): string[] {
    return this.conditions.map(({ name }) => name);
  }

  codes(): string[] {
    return this.conditions.flatMap(({ codes }) => [...codes]);
  }

  /** What all conditions find within a scope. */
  async blockers(sql: Sql, scope: GateScope): Promise<GivenBlocker[]> {
    const found: GivenBlocker[] = [];
    for (const condition of this.conditions) found.push(...(await condition.blockers(sql, scope)));
    return found;
  }
}
