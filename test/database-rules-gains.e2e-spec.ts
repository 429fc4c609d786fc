import { again, of } from './support/again.js';
import type { TestApp } from './support/app.js';
import { wholeWorld } from './support/whole-world.js';

/** What the database itself refuses about what projects bring, and what others make of it. */
let app: TestApp;

beforeAll(async () => {
  app = (await wholeWorld()).app;
}, 400_000);
afterAll(() => app?.stop());

const DRAFTED = `benefit_id in (select id from benefit where state = 'draft')`;
/** A version of a blueprint of the same trust that is worked on. */
const WORKED_ON = `(select v.id from blueprint_version v where v.state = 'draft' and v.trust_id = x.trust_id limit 1)`;

test.each([
  ['benefit_code_unique', again('benefit')],
  ['benefit_type', again('benefit', 'true', { code: `'x'`, type: `'joy'`, unit: `'smiles'` })],
  [
    'benefit_in_pence',
    again('benefit', 'true', { code: `'x'`, unit: `case unit when 'pence' then 'beds' else 'pence' end` }),
  ],
  ['benefit_state', again('benefit', `state = 'closed'`, { code: `'x'`, state: `'done'` })],
  ['benefit_baseline_value', again('benefit', 'true', { code: `'x'`, baseline_value: '-1' })],
  ['benefit_baseline_whole', again('benefit', `state = 'draft'`, { code: `'x'`, baseline_on: 'null' })],
  [
    'benefit_agreed_whole',
    again('benefit', `state = 'closed'`, { code: `'x'`, owner_after_closure: 'null' }),
  ],
  ['benefit_agreed_whole', again('benefit', `state = 'closed'`, { code: `'x'`, agreed_by: 'null' })],
  [
    'benefit_agreer_is_not_recorder',
    again('benefit', `state = 'closed'`, { code: `'x'`, agreed_by: 'recorded_by[1]' }),
  ],
  ['benefit_year_once', again('benefit_year', DRAFTED)],
  ['benefit_year_label', again('benefit_year', DRAFTED, { financial_year: `'2031'` })],
  [
    'benefit_year_planned',
    again('benefit_year', DRAFTED, { financial_year: `'2031/32'`, planned_value: '-1' }),
  ],
  ['agreed_benefit_is_fixed', again('benefit_year', `not (${DRAFTED})`, { financial_year: `'2031/32'` })],
  ['agreed_benefit_is_fixed', `delete from benefit_year where not (${DRAFTED})`],
  ['benefit_plan_number', again('benefit_plan')],
  ['benefit_actual_value', again('benefit_actual', 'true', { value: '-1' })],
  ['benefit_actual_state', again('benefit_actual', `state = 'reported'`, { state: `'done'` })],
  ['benefit_actual_validated', again('benefit_actual', `state = 'validated'`, { validated_value: 'null' })],
  ['benefit_actual_validated', again('benefit_actual', `state = 'validated'`, { decided_by: 'null' })],
  [
    'benefit_actual_validated_value',
    again('benefit_actual', `state = 'validated'`, { validated_value: '-1' }),
  ],
  ['benefit_actual_standing', again('benefit_actual', `state = 'validated'`)],
  [
    'benefit_validator_is_not_preparer',
    again('benefit_actual', `state = 'validated'`, { decided_by: 'prepared_by[1]' }),
  ],
  ['benefit_evidence_once', again('benefit_evidence')],
  ['benefit_evidence_size', again('benefit_evidence', 'true', { size_bytes: '0' })],
  ['benefit_evidence_sha256', again('benefit_evidence', 'true', { sha256: `'abc'` })],
])('of benefits, %s refuses: %s', refuses);

test.each([
  ['blueprint_reference', again('blueprint')],
  [
    'blueprint_contact_whole',
    again('blueprint', 'true', { reference: `'X'`, contact_role: `'CNIO'`, contact_id: 'null' }),
  ],
  ['blueprint_version_number', again('blueprint_version')],
  ['blueprint_version_above_zero', again('blueprint_version', 'true', { number: '0' })],
  ['blueprint_version_state', again('blueprint_version', `state = 'published'`, { state: `'done'` })],
  ['blueprint_version_open', again('blueprint_version', `state = 'draft'`, { number: '99' })],
  ['blueprint_version_standing', again('blueprint_version', `state = 'published'`, { number: '99' })],
  ['blueprint_version_cost', again('blueprint_version', 'true', { cost_pence: '0', cost_basis: `'x'` })],
  ['blueprint_version_costed', again('blueprint_version', 'true', { cost_pence: '1', cost_basis: 'null' })],
  [
    'blueprint_version_published',
    again('blueprint_version', `state = 'published'`, { published_by: 'null', published_at: 'null' }),
  ],
  [
    'blueprint_version_submitted',
    again('blueprint_version', `state = 'published'`, { submitted_by: 'null' }),
  ],
  [
    'blueprint_reviewer_is_another',
    again('blueprint_version', `state = 'published'`, { reviewed_by: 'submitted_by' }),
  ],
  [
    'blueprint_reviewer_is_another',
    again('blueprint_version', `state = 'published'`, { reviewed_by: 'prepared_by[1]' }),
  ],
  [
    'blueprint_publisher_is_another',
    again('blueprint_version', `state = 'published'`, { published_by: 'prepared_by[1]' }),
  ],
  [
    'blueprint_attachment_size',
    again('blueprint_attachment', 'true', { version_id: WORKED_ON, size_bytes: '0' }),
  ],
  [
    'blueprint_attachment_sha256',
    again('blueprint_attachment', 'true', { version_id: WORKED_ON, sha256: `'x'` }),
  ],
  ['submitted_blueprint_is_fixed', again('blueprint_attachment', 'not removed')],
  ['submitted_blueprint_is_fixed', 'update blueprint_attachment set removed = not removed'],
  ['submitted_blueprint_is_fixed', again('blueprint_product')],
  [
    'blueprint_product_once',
    [1, 2].map(() => again('blueprint_product', 'true', { version_id: WORKED_ON })).join('; '),
  ],
  ['blueprint_contact_kind', again('blueprint_contact', `kind = 'visit'`, { kind: `'letter'` })],
  ['blueprint_contact_visit', again('blueprint_contact', `kind = 'visit'`, { visited_on: 'null' })],
  ['blueprint_contact_answered', again('blueprint_contact', 'answer is not null', { answered_by: 'null' })],
  ['blueprint_contact_of_another', again('blueprint_contact', 'true', { owner_id: 'organisation_id' })],
  [
    'blueprint_contact_answered_by_another',
    again('blueprint_contact', 'answer is not null', { answered_by: 'made_by' }),
  ],
  ['adoption_reference', again('adoption')],
  ['adoption_once', again('adoption', `state = 'live'`, { reference: `'X'` })],
  ['adoption_mode', again('adoption', 'true', { mode: `'by-post'` })],
  ['adoption_state', again('adoption', `state = 'live'`, { state: `'done'` })],
  ['adoption_of_another', again('adoption', 'true', { owner_id: 'organisation_id' })],
  ['adoption_started', again('adoption', `state = 'live'`, { started_on: 'null' })],
  ['adoption_live', again('adoption', `state = 'live'`, { live_on: 'started_on - 1' })],
  ['adoption_abandoned', again('adoption', `state = 'abandoned'`, { abandoned_because: 'null' })],
  ['adoption_cost', again('adoption', `state = 'live'`, { cost_pence: '0' })],
  ['adoption_costed', again('adoption', `state = 'live'`, { cost_basis: 'null' })],
  ['adoption_figures_state', again('adoption', `state = 'live'`, { figures_state: `'guessed'` })],
  ['adoption_figures_decided', again('adoption', `state = 'live'`, { decided_by: 'null' })],
  [
    'adoption_figures_decided',
    again('adoption', `state = 'live'`, { figures_state: `'rejected'`, decision_note: 'null' }),
  ],
  [
    'adoption_validated_is_live',
    again('adoption', `state = 'live'`, { state: `'adopting'`, live_on: 'null' }),
  ],
  ['adoption_validator_is_another', again('adoption', `state = 'live'`, { decided_by: 'recorded_by' })],
  ['programme_role_known', `update programme_role set role = 'friend'`],
  ['programme_role_status', `update programme_role set status = 'done'`],
  ['programme_role_award', 'update programme_role set award_pence = 0 where award_pence is not null'],
  [
    'programme_role_award_match',
    'update programme_role set award_match_pence = -1 where award_pence is not null',
  ],
  ['programme_role_awarded', 'update programme_role set award_source = null where award_pence is not null'],
  ['programme_role_decided', 'update programme_role set decided_by = null where decided_at is not null'],
  ['programme_role_of_follower', 'update programme_role set follows_id = null where decided_at is not null'],
])('of blueprints, %s refuses: %s', refuses);

const OTHER = of('RTV');

test.each([
  ['benefit_project', again('benefit', 'true', { code: `'x'`, trust_id: OTHER, counted_in: 'null' })],
  ['benefit_year_benefit', `update benefit_year set trust_id = ${OTHER}`],
  ['benefit_plan_benefit', `update benefit_plan set trust_id = ${OTHER}`],
  ['benefit_actual_benefit', `update benefit_actual set trust_id = ${OTHER}`],
  ['benefit_actual_year', again('benefit_actual', `state = 'rejected'`, { financial_year: `'2031/32'` })],
  ['benefit_evidence_actual', `update benefit_evidence set trust_id = ${OTHER}`],
  [
    'blueprint_version_blueprint',
    again('blueprint_version', `state = 'published'`, {
      number: '99',
      state: `'superseded'`,
      trust_id: OTHER,
    }),
  ],
  [
    'blueprint_attachment_version',
    again('blueprint_attachment', 'true', {
      version_id: WORKED_ON,
      trust_id: OTHER,
      sha256: `repeat('a', 64)`,
    }),
  ],
])('no row refers across trusts: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ code: '23503', constraint });
});

async function refuses(constraint: string, text: string): Promise<void> {
  await expect(app.database.sql(text)).rejects.toMatchObject({ constraint });
}
