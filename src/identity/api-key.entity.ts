import { Entity } from 'typeorm';
import { Id, Instant, Ref, Revision, Text } from '../database/columns.js';

@Entity('api_key')
export class ApiKey {
  @Id() id: string;
  @Ref() person_id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  @Text() label: string;
  @Text() hash: string;
  @Instant() created_at: Date;
  @Instant() expires_at: Date;
  @Instant({ nullable: true }) revoked_at: Date | null;
  @Revision() revision: number;
}
