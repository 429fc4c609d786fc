import { Column, Entity } from 'typeorm';
import { BigInteger, DayOn, Flag, Id, Instant, Ref, Revision, Text } from '../database/columns.js';
import type { AdoptionMode, AdoptionState } from './adoption.rules.js';
import type { FiguresState } from './adoption-figures.rules.js';

/** An organisation that takes up a blueprint. */
@Entity('adoption')
export class Adoption {
  @Id() id: string;
  @Ref() programme_id: string;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Ref() blueprint_id: string;
  @Ref() version_id: string;
  @Ref() organisation_id: string;
  @Ref() owner_id: string;
  @Text() mode: AdoptionMode;
  @Text() state: AdoptionState;
  @Text() local_changes: string;
  @DayOn({ nullable: true }) started_on: string | null;
  @DayOn({ nullable: true }) live_on: string | null;
  @DayOn({ nullable: true }) abandoned_on: string | null;
  @Text({ nullable: true }) abandoned_because: string | null;
  @BigInteger({ nullable: true }) cost_pence: number | null;
  @Text({ nullable: true }) cost_basis: string | null;
  /** Where its days and its cost stand: recorded, validated by somebody else, or sent back. */
  @Text() figures_state: FiguresState;
  /** Who recorded them, beside whoever recorded the adoption. */
  @Column({ type: 'uuid', array: true }) figures_by: string[];
  @Ref({ nullable: true }) decided_by: string | null;
  @Instant({ nullable: true }) decided_at: Date | null;
  @Text({ nullable: true }) decision_note: string | null;
  @Ref() recorded_by: string;
  @Instant() recorded_at: Date;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}
