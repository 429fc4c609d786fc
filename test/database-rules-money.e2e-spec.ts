import { again, of } from './support/again.js';
import type { TestApp } from './support/app.js';
import { startPlayedMoney } from './support/play-money.js';

/**
 * What the database itself refuses about money, whoever asks. What services may run into is tried where they are tested
 * too; these are the rules that no service comes near.
 */
let app: TestApp;

beforeAll(async () => {
  app = await startPlayedMoney();
}, 180_000);
afterAll(() => app?.stop());

/** Sends the evidence of a cost again. */
const sent = (changes: Record<string, string> = {}): string => {
  const values = {
    trust_id: 'trust_id',
    claim_id: 'claim_id',
    contribution_id: 'contribution_id',
    supplier: `'Another'`,
    reference: `'1'`,
    file_name: 'file_name',
    media_type: 'media_type',
    size_bytes: 'size_bytes',
    sha256: `repeat('a', 64)`,
    storage_key: 'storage_key',
    description: 'description',
    uploaded_by: 'uploaded_by',
    ...changes,
  };
  return `insert into cost_evidence (${Object.keys(values).join(', ')})
    select ${Object.values(values).join(', ')} from cost_evidence where counts limit 1`;
};

/** A posting in a journal of its own that brings £1 from outside. */
function novated(changes: Record<string, string>): string {
  const id = `'00000000-0000-4000-8000-000000000001'`;
  const one = { kind: `'novate'`, postings: '1', total_pence: '100', transaction_id: 'pg_current_xact_id()' };
  const posting = { journal_id: id, kind: `'novate'`, amount_pence: '100', ...changes };
  return `${again('journal', `kind = 'award'`, { ...one, id })};
    ${again('posting', `journal_id = (select id from journal where kind = 'award' limit 1)`, posting)}`;
}
/** A recovery that was withdrawn, raised again as another. */
const another = (changes: Record<string, string>): string =>
  again('recovery', `state = 'withdrawn'`, { reference: `'Another'`, ...changes });
/** The award of a trust that has no agreement. */
const NOT_AGREED = `trust_id = ${of('RNU')}`;
const DRAFTED = `claim_id in (select id from claim where state = 'draft') and version = (select version from claim c where c.id = claim_id)`;

test.each([
  ['award_tranche_number', `update award_tranche set number = 0 where ${NOT_AGREED}`],
  ['award_tranche_basis', `update award_tranche set basis = 'arrears' where ${NOT_AGREED}`],
  ['award_tranche_grant', `update award_tranche set grant_pence = 0 where ${NOT_AGREED}`],
  ['award_tranche_once', again('award_tranche', NOT_AGREED)],
  ['agreement_state', `update agreement set state = 'done'`],
  ['agreement_match_pence', 'update agreement set match_pence = -1'],
  ['agreement_per_grant_pence', 'update agreement set per_grant_pence = 0'],
  ['agreement_window', 'update agreement set window_ends_on = window_starts_on - 1'],
  ['agreement_is_not_its_own_predecessor', 'update agreement set predecessor_id = id'],
  [
    'agreement_reference',
    again('agreement', `state = 'active' and predecessor_id is null`, { state: `'withdrawn'` }),
  ],
  [
    'agreement_standing',
    again('agreement', `state = 'active' and predecessor_id is null`, { reference: `'Another'` }),
  ],
  ['agreement_version_number', again('agreement_version')],
  ['funding_line_year', `update funding_line set financial_year = '2017'`],
  ['funding_line_kind', `update funding_line set kind = 'both'`],
  ['funding_line_once', again('funding_line')],
  ['tranche_basis', `update tranche set basis = 'arrears'`],
  ['tranche_once', again('tranche')],
  ['tranche_milestone_once', again('tranche_milestone')],
  ['change_request_reference', again('change_request')],
  ['change_request_kind', `update change_request set kind = 'wish' where state = 'impact-assessed'`],
  ['change_request_state', `update change_request set state = 'done'`],
  ['account_stage', `update account set stage = 'awarded' where source = 'match' and stage = 'pledged'`],
  ['account_once', again('account')],
  ['journal_kind', again('journal', `kind = 'award'`, { kind: `'gift'` })],
  ['journal_has_postings', again('journal', `kind = 'award'`, { postings: '0' })],
  ['journal_total', again('journal', `kind = 'award'`, { total_pence: '0' })],
  ['journal_novated_once', again('journal', 'novates_id is not null')],
  ['ledger_difference_kind', `update ledger_difference set kind = 'other'`],
  ['ledger_difference_standing', again('ledger_difference', 'cleared_at is null')],
  ['contribution_reference', again('contribution')],
  ['contribution_valuation', `update contribution set valuation = 'guess' where state = 'pledged'`],
  ['contribution_state', `update contribution set state = 'done' where state = 'pledged'`],
  ['gate_waiver_codes', again('gate_waiver', 'withdrawn_at is null', { codes: `'{}'::text[]` })],
  ['gate_waiver_withdrawn', 'update gate_waiver set withdrawn_at = now() where withdrawn_at is null'],
  ['granted_waiver_is_fixed', `update gate_waiver set reason = 'Another'`],
  ['gate_decision_step', again('gate_decision', 'waiver_id is null', { step: `'look'` })],
  ['gate_decision_opened_by', again('gate_decision', 'waiver_id is null', { opened_by: `'luck'` })],
  ['gate_decision_by_waiver', again('gate_decision', 'waiver_id is null', { opened_by: `'waiver'` })],
  ['gate_decision_is_fixed', `update gate_decision set waived = '[]'`],
  ['gate_decision_is_fixed', 'delete from gate_decision'],
  ['claim_reference', again('claim')],
  ['claim_kind', `update claim set kind = 'wish' where state = 'draft'`],
  ['claim_state', `update claim set state = 'done' where state = 'draft'`],
  ['claim_claimed', `update claim set claimed_pence = -1 where state = 'draft'`],
  ['claim_version_number', again('claim_version')],
  ['claim_line_position', again('claim_line', DRAFTED)],
  ['claim_line_net', `update claim_line set net_pence = -1 where ${DRAFTED}`],
  ['claim_line_vat', `update claim_line set vat_pence = -1, recoverable_vat_pence = null where ${DRAFTED}`],
  ['claim_line_recoverable', `update claim_line set recoverable_vat_pence = vat_pence + 1 where ${DRAFTED}`],
  ['claim_line_claimed', `update claim_line set claimed_pence = 0 where ${DRAFTED}`],
  ['cost_evidence_of_one', sent({ claim_id: 'null', contribution_id: 'null' })],
  ['cost_evidence_size', sent({ size_bytes: '0' })],
  ['cost_evidence_sha256', sent({ sha256: `'abc'` })],
  ['cost_evidence_reference', sent({ supplier: `'--'` })],
  ['cost_evidence_counts_once', sent({ sha256: 'sha256' })],
  [
    'cost_reference_counts_once',
    sent({ supplier: 'upper(supplier)', reference: `replace(reference, '-', '/')` }),
  ],
  ['claim_taken_up_by_somebody', `update claim set checked_at = now() where state = 'draft'`],
  [
    'payment_amount',
    `set local session_replication_role = replica;
      update claim set approved_pence = 0 where id = (select claim_id from payment where state = 'reversed' limit 1);
      set local session_replication_role = origin;
      ${again('payment', `state = 'reversed'`, { reference: `'Another'`, amount_pence: '0' })}`,
  ],
  ['posting_source', novated({ source: `'gift'` })],
  ['payment_state', again('payment', `state = 'paid'`, { state: `'done'` })],
  ['payment_reference', again('payment', `state = 'paid'`)],
  ['recovery_reference', again('recovery', `state = 'withdrawn'`)],
  ['recovery_cause', another({ cause: `'late'` })],
  ['recovery_amount', another({ amount_pence: '0' })],
  ['recovery_state', another({ state: `'done'` })],
  ['recovery_closed', another({ state: `'recovered'`, closed_by: 'null' })],
  ['extract_origin', `update extract set origin = 'letter'`],
  ['extract_dates', 'update extract set to_on = from_on - 1'],
  ['extract_once', again('extract')],
  ['extract_item_result', `update extract_item set result = 'unsure'`],
  ['extract_item_of_something', 'update extract_item set line = null, payment_id = null'],
  ['year_end_once', again('year_end')],
  ['audit_finding_reference', again('audit_finding')],
  [
    'audit_finding_kind',
    again('audit_finding', `state = 'open'`, { reference: `'Another'`, kind: `'remark'` }),
  ],
  ['audit_sample_method', again('audit_sample', 'true', { reference: `'Another'`, method: `'by-feel'` })],
  [
    'audit_sample_sha256',
    again('audit_sample', 'true', { reference: `'Another'`, population_sha256: `'x'` }),
  ],
  ['audit_sample_reference', again('audit_sample')],
  [
    'audit_sample_population',
    again('audit_sample', 'true', { reference: `'Another'`, population: `'people'` }),
  ],
  [
    'audit_sample_population_size',
    again('audit_sample', 'true', { reference: `'Another'`, population_size: '0' }),
  ],
  ['audit_sample_seed', again('audit_sample', 'true', { reference: `'Another'`, seed: `''` })],
  ['audit_sample_items', again('audit_sample', 'true', { reference: `'Another'`, items: '0' })],
  ['audit_sample_item_once', again('audit_sample_item', 'true', { position: '99' })],
  ['audit_sample_item_amount', again('audit_sample_item', 'true', { amount_pence: '-1' })],
  ['audit_sample_item_hits', again('audit_sample_item', 'true', { hits: '0' })],
  ['audit_sample_item_result', `update audit_sample_item set result = 'fine'`],
  ['audit_sample_item_exception', `update audit_sample_item set result = 'exception'`],
  ['audit_sample_item_checked', 'update audit_sample_item set checked_by = null'],
  ['audit_sample_item_position', again('audit_sample_item')],
  ['drawn_item_is_fixed', 'update audit_sample_item set hits = hits + 1'],
  ['audit_read_method', again('audit_read', 'true', { method: `'POST'` })],
  ['audit_read_as_at', again('audit_read', 'true', { as_at_number: '1' })],
  ['audit_read_status', again('audit_read', 'true', { status: '99' })],
  ['audit_read_subject', again('audit_read', 'true', { subject_id: 'uuidv7()', subject_table: 'null' })],
  ['audit_finding_state', `update audit_finding set state = 'done' where state = 'open'`],
  ['audit_finding_closed', `update audit_finding set state = 'closed' where state = 'open'`],
  ['audit_finding_priority', `update audit_finding set priority = 'urgent' where state = 'open'`],
  ['audit_finding_owner_role', `update audit_finding set owner_role = 'auditor' where state = 'open'`],
  ['audit_finding_of_owner', `update audit_finding set owner_role = 'trust-lead' where state = 'open'`],
  [
    'audit_finding_stance',
    `update audit_finding set stance = 'shy', responded_by = raised_by where state = 'open'`,
  ],
  ['audit_finding_responded', `update audit_finding set stance = 'agreed' where state = 'open'`],
  [
    'audit_finding_closer_is_another',
    again('audit_finding', `state = 'closed'`, { reference: `'Another'`, closed_by: 'responded_by' }),
  ],
  ['closed_finding_is_fixed', `update audit_finding set revision = 99 where state = 'closed'`],
  ['found_is_fixed', `update audit_finding set statement = 'Nothing' where state = 'open'`],
  ['due_date_moves_with_a_reason', `update audit_finding set due_on = '2019-01-01' where state = 'open'`],
  ['audit_finding_step_kind', again('audit_finding_step', `kind = 'closure'`, { kind: `'gossip'` })],
  ['audit_finding_step_stance', again('audit_finding_step', `kind = 'response'`, { stance: `'shy'` })],
  ['audit_finding_step_response', again('audit_finding_step', `kind = 'response'`, { planned_on: 'null' })],
  ['audit_finding_step_outcome', again('audit_finding_step', `kind = 'follow-up'`, { outcome: `'vague'` })],
  ['audit_finding_step_follow_up', again('audit_finding_step', `kind = 'follow-up'`, { outcome: 'null' })],
  ['audit_finding_step_evidence', again('audit_finding_step', `kind = 'follow-up'`, { evidence: 'null' })],
  ['audit_finding_step_due_date', again('audit_finding_step', `kind = 'due-date'`, { due_on: 'null' })],
])('%s refuses: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ constraint });
});

const OTHER = of('RTV');
const ELSEWHERE = '(select m.id from milestone m where m.trust_id <> x.trust_id limit 1)';

test.each([
  ['award_tranche_award', `update award_tranche set trust_id = ${OTHER} where ${NOT_AGREED}`],
  ['agreement_version_agreement', again('agreement_version', 'true', { trust_id: OTHER, number: '99' })],
  ['funding_line_agreement', again('funding_line', 'true', { trust_id: OTHER, financial_year: `'2030/31'` })],
  ['tranche_agreement', again('tranche', 'true', { trust_id: OTHER, number: '99' })],
  ['tranche_milestone_tranche', `update tranche_milestone set trust_id = ${OTHER}`],
  ['change_request_agreement', `update change_request set trust_id = ${OTHER}`],
  ['account_line', `update account set trust_id = ${OTHER}`],
  ['journal_agreement', again('journal', `kind = 'award'`, { trust_id: OTHER })],
  [
    'contribution_agreement',
    again('contribution', `state = 'pledged'`, { trust_id: OTHER, reference: `'MAT-X'` }),
  ],
  ['gate_waiver_tranche', again('gate_waiver', 'true', { trust_id: OTHER })],
  ['claim_agreement', again('claim', `state = 'draft'`, { trust_id: OTHER, reference: `'CLM-X'` })],
  ['claim_version_claim', `update claim_version set trust_id = ${OTHER}`],
  ['claim_query_claim', `update claim_query set trust_id = ${OTHER}`],
  ['cost_evidence_claim', `update cost_evidence set trust_id = ${OTHER} where claim_id is not null`],
  [
    'cost_evidence_contribution',
    `update cost_evidence set trust_id = ${OTHER} where contribution_id is not null`,
  ],
  ['tranche_milestone_milestone', again('tranche_milestone', 'true', { milestone_id: ELSEWHERE })],
  ['payment_agreement', again('payment', `state = 'reversed'`, { reference: `'Another'`, trust_id: OTHER })],
  ['recovery_agreement', another({ trust_id: OTHER })],
])('no row refers across trusts: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ code: '23503', constraint });
});

/** Something of an agreement that is not the row's. */
const foreign = (table: string, row: string, where = 'true'): string =>
  `(select y.id from ${table} y where y.agreement_id <> ${row}.agreement_id and ${where} limit 1)`;
/** A row again, as if it were of another trust's agreement. */
const elsewhere = (table: string, where: string): string =>
  again(table, where, {
    reference: `'Another'`,
    agreement_id: '(select y.id from agreement y where y.trust_id <> x.trust_id order by y.id limit 1)',
    trust_id: '(select y.trust_id from agreement y where y.trust_id <> x.trust_id order by y.id limit 1)',
  });
/** The award of an agreement again, with the cause of another's journal. */
function caused(column: string, table: string): string {
  const first = (wanted: string): string => `(select ${wanted} from ${table} order by id limit 1)`;
  return again('journal', `kind = 'award' and agreement_id <> ${first('agreement_id')}`, {
    [column]: first('id'),
  });
}

test.each([
  [
    'agreement_version_change_request',
    again('agreement_version', 'true', {
      number: '99',
      change_request_id: `(select r.id from change_request r where r.agreement_id <> x.agreement_id limit 1)`,
    }),
  ],
  ['gate_decision_tranche', again('gate_decision', 'true', { tranche_id: foreign('tranche', 'x') })],
  ['gate_decision_claim', again('gate_decision', 'true', { claim_id: foreign('claim', 'x') })],
  [
    'claim_line_claim',
    again('claim_line', DRAFTED, {
      position: '99',
      agreement_id: '(select y.id from agreement y where y.id <> x.agreement_id limit 1)',
    }),
  ],
  ['payment_claim', elsewhere('payment', `state = 'reversed'`)],
  ['recovery_claim', elsewhere('recovery', `state = 'withdrawn'`)],
  ['claim_tranche', `update claim set tranche_id = ${foreign('tranche', 'claim')} where state = 'draft'`],
  [
    'claim_line_line',
    `update claim_line set line_id = ${foreign('funding_line', 'claim_line')} where ${DRAFTED}`,
  ],
  [
    'contribution_line',
    `update contribution set line_id = ${foreign('funding_line', 'contribution')} where state = 'pledged'`,
  ],
  [
    'payment_gate',
    `update payment set gate_decision_id = ${foreign('gate_decision', 'payment')} where state = 'scheduled'`,
  ],
  ['recovery_payment', another({ payment_id: foreign('payment', 'x', `y.state = 'paid'`) })],
  ['journal_claim', caused('claim_id', 'claim')],
  ['journal_payment', caused('payment_id', 'payment')],
  ['journal_recovery', caused('recovery_id', 'recovery')],
  ['journal_contribution', caused('contribution_id', 'contribution')],
  ['journal_change_request', caused('change_request_id', 'change_request')],
])('no row refers across agreements: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ code: '23503', constraint });
});
