import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { castFor, eventually, read, reportId, save, throughAcceptance } from './support/returns.js';

/** What the database itself refuses, whoever asks: here, somebody who may do anything but these. */
let app: TestApp;

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
  await eventually(async () =>
    (await app.database.sql('select from progress')).length > 0 ? true : undefined,
  );
}, 180_000);
afterAll(() => app?.stop());

const SUBMITTED = '(select id from report_version where submitted_at is not null limit 1)';
const DRAFT =
  '(select id from report_version where submitted_at is null and prepared_by <> array[]::uuid[] limit 1)';
const OTHER = `(select id from organisation where ods_code = 'RXT')`;

test.each([
  ['submitted_version_is_fixed', `update report_version set content = '{}' where id = ${SUBMITTED}`],
  ['submitted_version_is_fixed', `update report_version set submitted_at = now() where id = ${SUBMITTED}`],
  ['submitted_version_is_fixed', `update report_version set certified_by = null where id = ${SUBMITTED}`],
  [
    'certifier_is_not_preparer',
    `update report_version set certified_by = prepared_by[1] where id = ${DRAFT}`,
  ],
  ['approver_is_neither', `update report_version set accepted_by = certified_by where id = ${SUBMITTED}`],
  ['approver_is_neither', `update report_version set accepted_by = prepared_by[1] where id = ${SUBMITTED}`],
  [
    'progress_report_once',
    'insert into progress_report (programme_id, trust_id, period_id, state, due_on) select programme_id, trust_id, period_id, state, due_on from progress_report limit 1',
  ],
  ['progress_report_state', `update progress_report set state = 'done'`],
  ['baseline_is_fixed', 'update milestone set baseline_on = baseline_on + 1'],
  ['milestone_state', `update milestone set state = 'finished'`],
  ['reported_value_is_fixed', 'update measurement set numerator = numerator + 1'],
  ['reported_value_is_fixed', 'update measurement set reported_at = now()'],
  ['validator_is_not_reporter', 'update measurement set validated_by = reported_by'],
  ['measurement_validated_whole', 'update measurement set validated_numerator = 1'],
  [
    'measurement_standing',
    "insert into measurement select (jsonb_populate_record(m, jsonb_build_object('id', uuidv7()))).* from measurement m limit 1",
  ],
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
])('no row refers across trusts: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ code: '23503', constraint });
});
