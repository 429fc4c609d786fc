import { Entity } from 'typeorm';
import type { Role } from '../core/permissions.js';
import { Flag, Id, Ref, Revision, Text } from '../database/columns.js';

@Entity('person')
export class Person {
  @Id() id: string;
  @Text() name: string;
  @Text() role: Role;
  @Ref({ nullable: true }) trust_id: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}
