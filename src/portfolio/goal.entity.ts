import { Entity } from 'typeorm';
import { Id, Json, Ref, Revision, Text } from '../database/columns.js';
import type { Sourced } from '../organisations/sourced.js';

/** A goal of a strategy, which any programme may serve. */
@Entity('strategy_goal')
export class StrategyGoal {
  @Id() id: string;
  @Text() code: string;
  /** The name of the strategy. */
  @Text() strategy: string;
  @Text() title: string;
  @Text() statement: string;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

/** That a programme serves a goal, and who says so. */
@Entity('programme_goal')
export class ProgrammeGoal {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() goal_id: string;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}
