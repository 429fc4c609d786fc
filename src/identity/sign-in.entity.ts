import { Entity } from 'typeorm';
import { Id, Instant, Ref, Revision, Text } from '../database/columns.js';
import type { SignInEnd } from './session.rules.js';

@Entity('sign_in')
export class SignIn {
  @Id() id: string;
  @Ref() person_id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  @Text() issuer: string;
  @Instant() signed_in_at: Date;
  @Instant({ nullable: true }) ended_at: Date | null;
  @Text({ nullable: true }) ended_because: SignInEnd | null;
  @Revision() revision: number;
}
