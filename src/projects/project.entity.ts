import { Entity } from 'typeorm';
import { Id, Json, Ref, Revision, Text } from '../database/columns.js';
import type { Sourced } from '../organisations/sourced.js';

@Entity('project')
export class Project {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Text() code: string;
  @Text() name: string;
  @Text() description: string;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

@Entity('goal')
export class Goal {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() project_id: string;
  @Text() code: string;
  @Text() statement: string;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}
