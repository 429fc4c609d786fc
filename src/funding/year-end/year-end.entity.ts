import { Entity } from 'typeorm';
import { BigInteger, Id, Instant, Ref, Text } from '../../database/columns.js';

/** A financial year of a programme that is closed. */
@Entity('year_end')
export class YearEnd {
  @Id() id: string;
  @Ref() programme_id: string;
  @Text() financial_year: string;
  @BigInteger() lapsed_pence: number;
  @Ref() closed_by: string;
  @Instant() closed_at: Date;
  @Text() reason: string;
}
