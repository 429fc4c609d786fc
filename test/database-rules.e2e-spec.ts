import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { again } from './support/again.js';
import { startTestApp, type TestApp } from './support/app.js';
import { castFor, eventually, read, reportId, save, throughAcceptance } from './support/returns.js';

/** What the database itself refuses, whoever asks: here, somebody who may do anything but these. */
let app: TestApp;
const OTHER = `(select id from organisation where ods_code = 'RXT')`;

beforeAll(async () => {
  app = await startTestApp({ work: true, env: { EXEMPLAR_TODAY: '2017-10-15' } });
  const order = { actor: systemActor('test', 'test'), action: 'reporting-period.open' };
  await app.app
    .get(UnitOfWork, { strict: false })
    .run(order, (tx) => app.app.get(ReportingService, { strict: false }).openDue(tx));
  const cast = await castFor(app, 'RW4');
  await throughAcceptance(app, cast, await reportId(app, cast.lead, 'RW4', '2017/18 Q1'), 20);
  const second = await reportId(app, cast.lead, 'RW4', '2017/18 Q2');
  await save(app, cast.lead, second, { risks: (await read(app, cast.lead, second)).current.content.risks });
  await app.database.sql(`insert into report_query (trust_id, report_id, version, section, question, raised_by)
    select trust_id, id, version, 'spend', 'Why?', 'A reviewer' from progress_report where trust_id <> ${OTHER} limit 1`);
  await eventually(async () =>
    (await app.database.sql('select from progress')).length > 0 ? true : undefined,
  );
}, 180_000);
afterAll(() => app?.stop());

const SUBMITTED = '(select id from report_version where submitted_at is not null limit 1)';
const DRAFT =
  '(select id from report_version where submitted_at is null and prepared_by <> array[]::uuid[] limit 1)';

test.each([
  ['submitted_version_is_fixed', `update report_version set content = '{}' where id = ${SUBMITTED}`],
  ['submitted_version_is_fixed', `update report_version set submitted_at = now() where id = ${SUBMITTED}`],
  ['submitted_version_is_fixed', `update report_version set certified_by = null where id = ${SUBMITTED}`],
  [
    'certifier_is_not_preparer',
    `update report_version set certified_by = prepared_by[1] where id = ${DRAFT}`,
  ],
  [
    'approver_is_neither',
    again('report_version', 'accepted_at is not null', { number: '99', accepted_by: 'certified_by' }),
  ],
  [
    'approver_is_neither',
    again('report_version', 'accepted_at is not null', { number: '99', accepted_by: 'prepared_by[1]' }),
  ],
  [
    'progress_report_once',
    'insert into progress_report (programme_id, trust_id, period_id, state, due_on) select programme_id, trust_id, period_id, state, due_on from progress_report limit 1',
  ],
  ['progress_report_state', `update progress_report set state = 'done' where state = 'draft'`],
  ['baseline_is_fixed', 'update milestone set baseline_on = baseline_on + 1'],
  ['milestone_state', `update milestone set state = 'finished'`],
  ['reported_value_is_fixed', 'update measurement set numerator = numerator + 1'],
  ['reported_value_is_fixed', 'update measurement set reported_at = now()'],
  ['validator_is_not_reporter', 'update measurement set validated_by = reported_by'],
  ['measurement_validated_whole', 'update measurement set validated_numerator = 1'],
  [
    'measurement_validated_parts',
    'update measurement set validated_numerator = -1, validated_denominator = 1',
  ],
  [
    'measurement_validated_parts',
    'update measurement set validated_numerator = 1, validated_denominator = 0',
  ],
  ['measurement_parts', again('measurement', 'true', { numerator: '-1' })],
  ['measurement_parts', again('measurement', 'true', { denominator: '0' })],
  ['measurement_state', `update measurement set state = 'done'`],
  ['measurement_standing', again('measurement')],
  ['report_version_number', again('report_version')],
  ['finding_severity', `update finding set severity = 'mild'`],
  ['finding_position', again('finding')],
  ['progress_basis', `update progress set basis = 'guessed'`],
  ['progress_once', again('progress')],
  ['programme_progress_basis', `update programme_progress set basis = 'guessed'`],
  ['programme_progress_once', again('programme_progress')],
  ['reported_spend_kind', `update reported_spend set kind = 'both'`],
  ['reported_spend_source', `update reported_spend set source = 'loan'`],
  ['reported_spend_forecast', 'update reported_spend set forecast_pence = -1'],
  ['reported_spend_once', again('reported_spend')],
  ['delivery_confidence_standing', again('delivery_confidence')],
  ['programme_slug_unique', again('programme')],
  ['programme_dates', 'update programme set ends_on = starts_on'],
  ['programme_match_pence', 'update programme set match_pence = -1'],
  ['programme_per_grant_pence', 'update programme set per_grant_pence = 0'],
  ['programme_definition_number', again('programme_definition')],
  ['reporting_period_label', again('reporting_period')],
  ['reporting_period_order', again('reporting_period', 'true', { label: `'Another'` })],
  ['reporting_period_dates', 'update reporting_period set due_on = opens_on - 1'],
  ['reporting_period_dates', 'update reporting_period set opens_on = ends_on'],
  ['project_code_unique', again('project')],
  ['goal_code_unique', again('goal')],
  ['milestone_code_unique', again('milestone')],
  ['target_set_version', again('target_set')],
  ['target_set_denominator', 'update target_set set target_denominator = 0'],
  ['measure_code_unique', again('measure')],
  ['measure_unit', `update measure set unit = 'wards'`],
  ['measure_direction', `update measure set direction = 'round'`],
  ['measure_weight', 'update measure set weight = 0'],
  ['measure_level', `update measure set level = 'ward'`],
  ['award_once', again('award')],
  ['award_grant', 'update award set grant_pence = -1'],
  ['award_match', 'update award set match_pence = -1'],
  ['award_line_once', again('award_line')],
  ['award_line_year', `update award_line set financial_year = '2017'`],
  ['award_line_kind', `update award_line set kind = 'both'`],
  ['award_line_match', 'update award_line set match_pence = -1'],
  ['programme_totals_add_up', 'update programme set control_total_pence = control_total_pence + 1'],
  ['award_line_grant', 'update award_line set grant_pence = -1'],
  ['reported_spend_spent', 'update reported_spend set spent_to_date_pence = -1'],
  [
    'succession_not_of_itself',
    `update organisation_succession set successor_id = predecessor_id where kind <> 'renamed'`,
  ],
  ['nobody_follows_itself', 'update programme_role set follows_id = organisation_id'],
  ['person_trust_goes_with_role', `update person set trust_id = null where role = 'trust-lead'`],
  ['organisation_ods_code_form', `update organisation set ods_code = 'no code'`],
])('%s refuses: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ constraint });
});

test.each([
  ['goal_project', `update goal set trust_id = ${OTHER} where trust_id <> ${OTHER}`],
  ['milestone_project', `update milestone set trust_id = ${OTHER} where trust_id <> ${OTHER}`],
  [
    'report_version_report',
    `update report_version set trust_id = ${OTHER} where trust_id <> ${OTHER} and submitted_at is null`,
  ],
  ['measurement_version', `update measurement set trust_id = ${OTHER}`],
  ['award_line_award', `update award_line set trust_id = ${OTHER} where trust_id <> ${OTHER}`],
  ['finding_version', `update finding set trust_id = ${OTHER}`],
  ['reported_spend_version', `update reported_spend set trust_id = ${OTHER}`],
  ['delivery_confidence_version', `update delivery_confidence set trust_id = ${OTHER}`],
  ['report_query_report', `update report_query set trust_id = ${OTHER}`],
])('no row refers across trusts: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ code: '23503', constraint });
});
