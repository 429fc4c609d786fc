import type { TestApp } from './support/app.js';
import { wholeWorld } from './support/whole-world.js';

/** What was settled stays: column by column, whoever asks. */
let app: TestApp;

beforeAll(async () => {
  app = (await wholeWorld()).app;
}, 400_000);
afterAll(() => app?.stop());

/** Another value of a column, in SQL, by its type. */
const OTHERWISE: Record<string, (column: string) => string> = {
  uuid: () => 'uuidv7()',
  'uuid[]': (column) => `coalesce(${column}, '{}') || uuidv7()`,
  text: (column) => `coalesce(${column}, '') || 'x'`,
  'text[]': (column) => `coalesce(${column}, '{}') || array['x']`,
  integer: (column) => `coalesce(${column}, 0) + 1`,
  bigint: (column) => `coalesce(${column}, 0) + 1`,
  boolean: (column) => `not ${column}`,
  date: (column) => `coalesce(${column}, '2018-01-01') + 1`,
  'timestamp with time zone': (column) => `coalesce(${column}, now()) + interval '1 day'`,
  xid8: () => 'pg_current_xact_id()',
  jsonb: () => `'{"other": true}'`,
};

/**
 * The columns of a row, by whether the rule refuses that they change: each is tried alone, and taken back.
 * @param to the state that the row goes to with the same statement; '' where it stays in its own
 */
async function tried(constraint: string, table: string, where: string, to = '') {
  const columns = await app.database.sql<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'id'
     order by attnum`,
    [table],
  );
  const found = { fixed: [] as string[], free: [] as string[] };
  for (const { name, type } of columns.filter((column) => !to || column.name !== 'state')) {
    const row = `(select id from ${table} where ${where} limit 1)`;
    const refused = await app.database
      .sql(`do $try$ begin
        update ${table} set ${to && `state = '${to}', `}${name} = ${OTHERWISE[type]?.(name)} where id = ${row};
        if found then raise exception using message = 'changed', constraint = 'changed'; end if;
      end $try$`)
      .then(String, (error) => error.constraint ?? error.message);
    expect([name, refused]).toEqual([name, expect.stringMatching(/^[a-z_]+$/)]);
    found[refused === constraint ? 'fixed' : 'free'].push(name);
  }
  return found;
}

const DRAWN = ['result', 'exception_pence', 'words', 'checked_by', 'checked_at'];
const CHECKED = ['recommended_pence', 'recommended_because', 'approved_pence', 'disallowed_because'];
const WITHDRAWN = ['withdrawn_by', 'withdrawn_at', 'withdrawn_because'];
/** What goes with its project, and what no rule but a foreign key holds. */
const PLACED = ['programme_id', 'trust_id', 'illustrative'];

test.each<[constraint: string, table: string, where: string, free: string[]]>([
  ['ledger_is_insert_only', 'journal', 'true', []],
  ['ledger_is_insert_only', 'posting', 'true', []],
  ['gate_decision_is_fixed', 'gate_decision', 'true', []],
  [
    'submitted_claim_is_fixed',
    'claim_line',
    `claim_id in (select id from claim where state = 'paid')`,
    CHECKED,
  ],
  [
    'granted_waiver_is_fixed',
    'gate_waiver',
    'withdrawn_at is null',
    ['withdrawn_by', 'withdrawn_at', 'withdrawal_reason', 'illustrative'],
  ],
  ['granted_waiver_is_fixed', 'gate_waiver', 'withdrawn_at is not null', []],
  ['drawn_item_is_fixed', 'audit_sample_item', 'true', DRAWN],
  ['decided_claim_is_fixed', 'claim', `state = 'part-approved'`, []],
  ['decided_claim_is_fixed', 'claim', `state = 'scheduled'`, []],
  ['decided_claim_is_fixed', 'claim', `state = 'paid'`, []],
  ['decided_claim_is_fixed', 'claim', `state = 'recovery-raised'`, []],
  ['decided_claim_is_fixed', 'claim', `state = 'rejected'`, []],
  ['decided_claim_is_fixed', 'claim', `state = 'withdrawn'`, []],
  ['payment_is_fixed', 'payment', `state = 'paid'`, []],
  ['payment_is_fixed', 'payment', `state = 'reconciled'`, []],
  ['payment_is_fixed', 'payment', `state = 'cancelled'`, []],
  ['payment_is_fixed', 'payment', `state = 'reversed'`, []],
  ['recovery_is_fixed', 'recovery', `state = 'recovered'`, []],
  ['recovery_is_fixed', 'recovery', `state = 'written-off'`, []],
  ['recovery_is_fixed', 'recovery', `state = 'withdrawn'`, []],
  ['evidenced_match_is_fixed', 'contribution', `state = 'accepted'`, []],
  ['evidenced_match_is_fixed', 'contribution', `state = 'withdrawn'`, []],
  ['submitted_version_is_fixed', 'report_version', 'accepted_at is not null', ['trust_id']],
  ['sent_return_is_fixed', 'progress_report', `state = 'accepted'`, ['version', 'due_on', 'illustrative']],
  ['agreed_benefit_is_fixed', 'benefit', `state = 'closed'`, ['trust_id', 'illustrative']],
  ['agreed_benefit_is_fixed', 'benefit', `state = 'withdrawn'`, ['trust_id', 'illustrative']],
  ['reported_benefit_is_fixed', 'benefit_actual', `state = 'validated'`, PLACED],
  ['reported_benefit_is_fixed', 'benefit_actual', `state = 'rejected'`, PLACED],
  ['submitted_blueprint_is_fixed', 'blueprint_version', `state = 'published'`, []],
  ['submitted_blueprint_is_fixed', 'blueprint_version', `state = 'withdrawn'`, []],
  ['sent_file_is_fixed', 'evidence', 'true', ['trust_id']],
  ['sent_file_is_fixed', 'benefit_evidence', 'true', ['trust_id']],
  ['sent_file_is_fixed', 'assurance_document', 'trust_id is not null', ['trust_id']],
  ['sent_file_is_fixed', 'assurance_document', 'trust_id is null', []],
  ['applied_definition_is_fixed', 'programme_definition', 'true', []],
  ['closed_year_is_fixed', 'year_end', 'true', []],
  [
    'submitted_blueprint_is_fixed',
    'blueprint_product',
    'version_id in (select id from blueprint_version where submitted_at is not null)',
    [],
  ],
  ['asked_is_fixed', 'blueprint_contact', 'answer is not null', []],
  ['adopted_is_fixed', 'adoption', `state = 'abandoned'`, []],
  ['computed_scenario_is_fixed', 'scenario', `state = 'standing'`, ['state', ...WITHDRAWN]],
])('%s: of a %s, where %s, only %j can still change', async (constraint, table, where, free) => {
  const found = await tried(constraint, table, where);
  expect(found.free.filter((column) => column !== 'revision')).toEqual(free);
  expect(found.fixed.length).toBeGreaterThan(0);
});

test.each<[constraint: string, table: string, from: string, to: string, free: string[]]>([
  [
    'decided_claim_is_fixed',
    'claim',
    'approved',
    'rejected',
    ['state_since', 'approved_pence', 'decision_reason', 'ended_by'],
  ],
  ['decided_claim_is_fixed', 'claim', 'approved', 'scheduled', ['state_since']],
  ['decided_claim_is_fixed', 'claim', 'scheduled', 'part-approved', ['state_since']],
  ['decided_claim_is_fixed', 'claim', 'paid', 'recovery-raised', ['state_since']],
  ['payment_is_fixed', 'payment', 'paid', 'reconciled', ['reconciled_at']],
  ['payment_is_fixed', 'payment', 'paid', 'reversed', ['closed_because']],
  ['payment_is_fixed', 'payment', 'reconciled', 'reversed', ['closed_because']],
  [
    'evidenced_match_is_fixed',
    'contribution',
    'accepted',
    'evidenced',
    ['decided_by', 'decided_at', 'decision_reason'],
  ],
  ['submitted_blueprint_is_fixed', 'blueprint_version', 'published', 'withdrawn', ['ended_because']],
])(
  '%s: a %s that goes from %s to %s changes in %j, and in nothing else',
  async (constraint, table, from, to, free) => {
    const found = await tried(constraint, table, `state = '${from}'`, to);
    expect(found.free.filter((column) => column !== 'revision')).toEqual(free);
  },
);

test.each<[constraint: string, table: string, where: string, fixed: string]>([
  [
    'payment_is_fixed',
    'payment',
    `state = 'scheduled'`,
    'programme_id trust_id agreement_id claim_id tranche_id reference amount_pence scheduled_for scheduled_on scheduled_by scheduled_at',
  ],
  [
    'recovery_is_fixed',
    'recovery',
    `state = 'raised'`,
    'programme_id trust_id agreement_id claim_id payment_id reference cause reason amount_pence due_on raised_by raised_at receipt_reference illustrative',
  ],
  [
    'approved_version_is_fixed',
    'agreement_version',
    'signed_at is not null and effective_on is not null',
    'number terms effective_on prepared_by prepared_at edited_by approved_by approved_at signed_by signed_at change_request_id',
  ],
  [
    'evidence_of_cost_is_fixed',
    'cost_evidence',
    'not counts',
    'claim_id contribution_id supplier reference file_name media_type size_bytes sha256 storage_key description uploaded_by uploaded_at counts',
  ],
  [
    'decided_claim_is_fixed',
    'claim_line',
    `claim_id in (select id from claim where state = 'paid')`,
    CHECKED.join(' '),
  ],
  [
    'decided_claim_is_fixed',
    'claim_line',
    `claim_id in (select id from claim where state = 'rejected')`,
    CHECKED.join(' '),
  ],
  [
    'evidenced_match_is_fixed',
    'contribution',
    `state = 'evidenced'`,
    'agreement_id line_id type category valuation amount_pence net_pence vat_pence recoverable_vat_pence incurred_on invoiced_on defrayed_on',
  ],
  [
    'decided_change_is_fixed',
    'change_request',
    `state = 'applied'`,
    'agreement_id reference kind title justification content impact requested_by prepared_by decided_by decided_at decision_reason',
  ],
  ['decided_change_is_fixed', 'change_request', `state = 'rejected'`, 'content decided_by'],
  [
    'reported_value_is_fixed',
    'measurement',
    `state = 'validated'`,
    'measure_id project_id period_id report_version_id numerator denominator note reported_by reported_at',
  ],
  [
    'validated_value_is_fixed',
    'measurement',
    `state = 'validated'`,
    'state validated_numerator validated_denominator validated_by validated_at validation_note',
  ],
  ['validated_value_is_fixed', 'measurement', `state = 'rejected'`, 'state validation_note'],
  [
    'found_is_fixed',
    'audit_finding',
    `state <> 'closed'`,
    'programme_id trust_id reference kind review statement raised_by raised_at',
  ],
  [
    'award_is_agreed',
    'award',
    `id in (select award_id from agreement where state = 'active')`,
    'programme_id trust_id grant_pence match_pence',
  ],
  [
    'award_is_agreed',
    'award_line',
    `award_id in (select award_id from agreement where state = 'active')`,
    'award_id financial_year kind grant_pence match_pence',
  ],
  [
    'award_is_agreed',
    'award_tranche',
    `award_id in (select award_id from agreement where state = 'active')`,
    'award_id number basis planned_on grant_pence milestones',
  ],
  [
    'submitted_assurance_is_fixed',
    'assurance_item',
    'accepted_at is not null',
    'reference kind level product_id product_version_id project_id deployment_id version sign_off_role signed_by signed_on expires_on outcome document state prepared_by prepared_at edited_by submitted_by submitted_at decided_by decided_at accepted_at illustrative',
  ],
  [
    'submitted_assurance_is_fixed',
    'assurance_item',
    `state = 'rejected'`,
    'state document decided_by accepted_at',
  ],
  [
    'submitted_assurance_is_fixed',
    'assurance_item',
    `state = 'withdrawn'`,
    'state document withdrawn_by withdrawn_at',
  ],
  [
    'agreed_benefit_is_fixed',
    'benefit',
    `state = 'realising'`,
    'programme_id project_id code name description type unit state baseline_value baseline_on baseline_source recorded_by agreed_by agreed_at',
  ],
  [
    'agreed_benefit_is_fixed',
    'benefit_year',
    `benefit_id in (select id from benefit where state = 'closed')`,
    'benefit_id financial_year planned_value',
  ],
  ['adopted_is_fixed', 'adoption', `state = 'live'`, 'blueprint_id version_id organisation_id owner_id'],
  [
    'validated_figures_are_fixed',
    'adoption',
    `state = 'live'`,
    'started_on live_on cost_pence cost_basis figures_by decided_by decided_at',
  ],
])('%s: of a %s, where %s, %s never change', async (constraint, table, where, fixed) => {
  const found = await tried(constraint, table, where);
  expect(fixed.split(' ').filter((column) => !found.fixed.includes(column))).toEqual([]);
});
