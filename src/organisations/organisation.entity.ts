import { Entity } from 'typeorm';
import { DayOn, Id, Json, Ref, Revision, Text } from '../database/columns.js';
import type { Sourced } from './sourced.js';

@Entity('organisation')
export class Organisation {
  @Id() id: string;
  @Text() ods_code: string;
  @Text() name: string;
  @Text({ nullable: true }) region: string | null;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

@Entity('organisation_name')
export class OrganisationName {
  @Id() id: string;
  @Ref() organisation_id: string;
  @Text() name: string;
  @DayOn({ nullable: true }) valid_from: string | null;
  @DayOn({ nullable: true }) valid_to: string | null;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

@Entity('organisation_succession')
export class OrganisationSuccession {
  @Id() id: string;
  @Text() kind: string;
  @Ref() predecessor_id: string;
  @Ref() successor_id: string;
  @DayOn() effective_on: string;
  @Text({ nullable: true }) scope: string | null;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}
