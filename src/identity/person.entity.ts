import { Entity } from 'typeorm';
import type { Role } from '../core/permissions.js';
import { Flag, Id, Instant, Ref, Revision, Text } from '../database/columns.js';

@Entity('person')
export class Person {
  @Id() id: string;
  @Text() name: string;
  @Text() role: Role;
  @Ref({ nullable: true }) trust_id: string | null;
  @Flag() illustrative: boolean;
  /** With `subject`, who they are to the identity provider; both null for those who only have keys. */
  @Text({ nullable: true }) issuer: string | null;
  @Text({ nullable: true }) subject: string | null;
  /** When what said who they were was erased. */
  @Instant({ nullable: true }) erased_at: Date | null;
  @Revision() revision: number;
}
