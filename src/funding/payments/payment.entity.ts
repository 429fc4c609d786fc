import { Column, Entity } from 'typeorm';
import {
  BigInteger,
  DayOn,
  Flag,
  Id,
  Instant,
  Integer,
  Ref,
  Revision,
  Text,
} from '../../database/columns.js';
import type { PaymentState } from './payment.rules.js';
import type { RecoveryCause, RecoveryState } from './recovery.rules.js';

@Entity('payment')
export class Payment {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Ref() claim_id: string;
  @Ref() tranche_id: string;
  @Ref() gate_decision_id: string;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @BigInteger() amount_pence: number;
  @Text() state: PaymentState;
  @DayOn() scheduled_for: string;
  /** The day on which it was scheduled. */
  @DayOn() scheduled_on: string;
  @Ref() scheduled_by: string;
  @Instant() scheduled_at: Date;
  @DayOn({ nullable: true }) paid_on: string | null;
  @Text({ nullable: true }) bank_reference: string | null;
  @Ref({ nullable: true }) paid_by: string | null;
  @Instant({ nullable: true }) recorded_at: Date | null;
  @Instant({ nullable: true }) reconciled_at: Date | null;
  @Text({ nullable: true }) closed_because: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

@Entity('recovery')
export class Recovery {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Ref() claim_id: string;
  @Ref() payment_id: string;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text() cause: RecoveryCause;
  @Text() reason: string;
  @BigInteger() amount_pence: number;
  @Text() state: RecoveryState;
  @DayOn() due_on: string;
  @Ref() raised_by: string;
  @Instant() raised_at: Date;
  @Ref({ nullable: true }) agreed_by: string | null;
  @Instant({ nullable: true }) agreed_at: Date | null;
  @Ref({ nullable: true }) closed_by: string | null;
  @DayOn({ nullable: true }) closed_on: string | null;
  @Text({ nullable: true }) receipt_reference: string | null;
  @Text({ nullable: true }) authority: string | null;
  @Text({ nullable: true }) closed_because: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** A bank's or a finance ledger's list of what was paid, as it was uploaded. */
@Entity('extract')
export class Extract {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  @Text() origin: 'bank' | 'ledger';
  @Text() file_name: string;
  @Text() sha256: string;
  @DayOn() from_on: string;
  @DayOn() to_on: string;
  @Integer() lines: number;
  @Ref() uploaded_by: string;
  @Instant() uploaded_at: Date;
  @Flag() illustrative: boolean;
}

@Entity('extract_item')
export class ExtractItem {
  @Id() id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  @Ref() extract_id: string;
  @Integer({ nullable: true }) line: number | null;
  @DayOn({ nullable: true }) booked_on: string | null;
  @Text({ nullable: true }) reference: string | null;
  @Text({ nullable: true }) payee: string | null;
  @BigInteger({ nullable: true }) amount_pence: number | null;
  @Ref({ nullable: true }) payment_id: string | null;
  @Text() result: 'matched' | 'differs' | 'missing';
  @Text() explanation: string;
}
