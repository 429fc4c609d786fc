import { words } from '../page/format.js';

/** Fields whose names alone would not be understood, as columns and as members of JSON call them. */
const FIELDS: Readonly<Record<string, string>> = {
  about: 'About',
  accepted_version: 'Version that is accepted',
  actual_on: 'Actual date',
  agreed_on: 'Date agreed now',
  answered_by: 'Written by',
  as_at: 'Computed from the record as at',
  as_at_number: 'Entry of the log that it was computed as at',
  baseline_on: 'Baseline date',
  baseline_source: 'Source of the baseline',
  baseline_value: 'Baseline, in its unit',
  bank_reference: 'Reference of the bank',
  beyond_pence: 'Of the cut, drawn already',
  comparable_numerator: 'Of what has a plan, reached',
  control_grant_pence: 'Control total, grant',
  control_match_pence: 'Control total, match',
  control_total_pence: 'Control total',
  counts: 'Counts',
  counted_in: 'Counted in',
  counted_in_counts: 'That one counts',
  covers: 'What it lets be',
  cut_basis_points: 'Cut, in hundredths of a per cent',
  document: 'Where the document is',
  due_on: 'Due date',
  edited_by: 'Also written by',
  ended_because: 'Ended because',
  closes_on: 'Last day',
  claimed_percent: 'Percentage that the source claims',
  ends_on: 'Last day',
  facts_sha256: 'SHA-256 of what it was computed from',
  for_whom: 'For whom',
  forecast_on: 'Forecast date',
  expires_on: 'Holds until',
  from_on: 'First day of its use',
  from_stage: 'From',
  hash: 'Hash of the secret',
  issuer: 'Identity provider',
  line_id: 'Funding line',
  match_pence: 'Match',
  media_type: 'Kind of file',
  ods_code: 'ODS code',
  opens_on: 'First day',
  paid_on: 'Date paid',
  per_grant_pence: 'For each grant of',
  place: 'Place in the return',
  planned_on: 'Planned date',
  position: 'Number',
  prefilled_from: 'Begun with the answers of',
  prepared_by: 'Written by',
  receipt_id: 'Receipt',
  role: 'Role',
  released_on: 'Released on',
  sign_off_role: 'Signed off as',
  signed_by: 'Signed by',
  signed_on: 'Signed on',
  sha256: 'SHA-256 of the file',
  size_bytes: 'Size in bytes',
  slug: 'Name in addresses',
  spare_pence: 'Of the cut, not asked for',
  spent_to_date_pence: 'Spent to date',
  starts_on: 'First day',
  subject: 'Name at the identity provider',
  to_on: 'Last day of its use',
  to_stage: 'To',
  valid_from: 'Valid from',
  valid_to: 'Valid until',
  vat_pence: 'VAT',
  recoverable_vat_pence: 'Recoverable VAT',
  where_used: 'Where it is used',
  window_ends_on: 'Last day of eligible costs',
  window_starts_on: 'First day of eligible costs',
};

/** Columns that say nothing to a reader, or say again what the entry itself says. */
export const LEFT_OUT: readonly string[] = [
  'id',
  'revision',
  'receipt_id',
  'reference_key',
  'state_since',
  'storage_key',
  'transaction_id',
];

/** "Approved by" of `approved_by`, "Forecast date" of `forecastOn`: a column or a member as people say it. */
export function fieldName(name: string): string {
  const snake = name.replaceAll(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, after: string) => `${before}_${after}`,
  );
  const plain = snake.toLowerCase();
  return (
    FIELDS[plain] ??
    words(plain.replace(/_(id|pence|ppm)$/, '').replaceAll('_', '-')).replace(/^Ods\b/, 'ODS')
  );
}
