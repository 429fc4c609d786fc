import { Entity } from 'typeorm';
import { DayOn, Id, Ref, Revision, Text } from '../database/columns.js';

@Entity('reporting_period')
export class ReportingPeriod {
  @Id() id: string;
  @Ref() programme_id: string;
  @Text() label: string;
  @Text() financial_year: string;
  @DayOn() starts_on: string;
  @DayOn() ends_on: string;
  @DayOn() opens_on: string;
  @DayOn() due_on: string;
  @Revision() revision: number;
}
