import { again, of } from './support/again.js';
import type { TestApp } from './support/app.js';
import { wholeWorld } from './support/whole-world.js';

/** What the database itself refuses about what is asked, awaited and supposed: surveys, milestones, assurance, what-ifs. */
let app: TestApp;

beforeAll(async () => {
  app = (await wholeWorld()).app;
}, 400_000);
afterAll(() => app?.stop());

/** What only a trust's answers meet: the wave is open on this day. */
const openWave = (text: string): string => `set local exemplar.moment = '2018-05-15T12:00:00Z'; ${text}`;
const OPEN_SHEET = `sheet_id in (select id from survey_sheet where state = 'draft')`;
const notice = (changes: Record<string, string>): string => {
  const values = { milestone_id: 'null', lead_days: '90', ...changes };
  return `insert into assurance_notice (programme_id, trust_id, item_id, project_id, milestone_id, lead_days, ends_on, words)
    select p.programme_id, p.trust_id, i.id, p.id, ${values.milestone_id}, ${values.lead_days}, '2018-06-01', 'It ends.'
    from (select * from project order by id) p join assurance_item i on i.trust_id = p.trust_id
    order by i.id, p.id limit 1`;
};
const MILESTONE = '(select m.id from milestone m where m.trust_id = p.trust_id order by m.id limit 1)';

test.each([
  ['survey_question_once', again('survey_question')],
  ['survey_question_number', again('survey_question', 'true', { version: '0' })],
  [
    'survey_question_kind',
    again('survey_question', `kind = 'adoption'`, { version: '99', kind: `'mood'`, measure_id: 'null' }),
  ],
  [
    'survey_question_options',
    again('survey_question', `kind = 'barriers'`, { version: '99', options: 'null' }),
  ],
  [
    'survey_question_measure',
    again('survey_question', `kind = 'barriers'`, {
      version: '99',
      measure_id: '(select id from measure limit 1)',
    }),
  ],
  ['survey_wave_once', again('survey_wave')],
  [
    'survey_wave_kind',
    again('survey_wave', 'true', {
      code: `'x'`,
      kind: `'other'`,
      opens_on: 'null',
      closes_on: 'null',
      held: 'null',
    }),
  ],
  [
    'survey_wave_days',
    again('survey_wave', `kind = 'programme'`, { code: `'x'`, closes_on: 'opens_on - 1' }),
  ],
  [
    'survey_wave_question_once',
    again('survey_wave_question', 'not exists (select from survey_sheet s where s.wave_id = x.wave_id)'),
  ],
  ['survey_figure_once', again('survey_figure')],
  ['survey_figure_claim', again('survey_figure', 'true', { claimed_percent: '101' })],
  ['survey_figure_numerator', again('survey_figure', 'true', { numerator: '-1' })],
  ['survey_figure_denominator', again('survey_figure', 'true', { denominator: '0' })],
  ['survey_sheet_once', openWave(again('survey_sheet', `state = 'submitted'`))],
  ['survey_sheet_number', openWave(again('survey_sheet', 'true', { version: '0' }))],
  ['survey_sheet_state', openWave(again('survey_sheet', `state = 'submitted'`, { state: `'done'` }))],
  [
    'survey_sheet_submitted',
    openWave(again('survey_sheet', `state = 'submitted'`, { submitted_by: 'null' })),
  ],
  ['survey_sheet_draft', openWave(again('survey_sheet', `state = 'draft'`, { version: '99' }))],
  ['survey_sheet_standing', openWave(again('survey_sheet', `state = 'submitted'`, { version: '99' }))],
  ['survey_answer_once', openWave(again('survey_answer', OPEN_SHEET))],
  ['survey_answer_status', openWave(again('survey_answer', OPEN_SHEET, { status: `'soon'` }))],
  [
    'survey_answer_one_link',
    openWave(
      again('survey_answer', OPEN_SHEET, {
        product_id: '(select id from product limit 1)',
        measure_id: '(select id from measure limit 1)',
      }),
    ),
  ],
  ['survey_barrier_once', openWave(again('survey_barrier', OPEN_SHEET))],
  ['survey_rank_once', openWave(again('survey_barrier', OPEN_SHEET, { barrier: `'other'` }))],
  ['survey_barrier_rank', openWave(again('survey_barrier', OPEN_SHEET, { barrier: `'other'`, rank: '0' }))],
])('of surveys, %s refuses: %s', refuses);

test.each([
  ['assurance_notice_lead_days', notice({ lead_days: '0' })],
  ['assurance_notice_reason', notice({ lead_days: 'null' })],
  ['assurance_notice_reason', notice({ milestone_id: MILESTONE })],
  ['assurance_notice_of_lead', `${notice({})}; ${notice({})}`],
  [
    'assurance_notice_of_go_live',
    [1, 2].map(() => notice({ lead_days: 'null', milestone_id: MILESTONE })).join('; '),
  ],
  [
    'milestone_review_open',
    [1, 2].map(() => again('milestone_review', 'true', { ended_at: 'null', outcome: 'null' })).join('; '),
  ],
  ['milestone_review_ended', again('milestone_review', 'true', { ended_at: 'now()', outcome: 'null' })],
  [
    'milestone_review_outcome',
    again('milestone_review', 'true', { began_at: 'now()', ended_at: 'now()', outcome: `'good'` }),
  ],
  [
    'milestone_review_decided',
    again('milestone_review', 'true', { began_at: 'null', ended_at: 'now()', outcome: `'met'` }),
  ],
  ['evidence_once', again('evidence')],
  ['evidence_size', again('evidence', 'true', { size_bytes: '0' })],
  ['evidence_sha256', again('evidence', 'true', { sha256: `'abc'` })],
  ['strategy_goal_code_unique', again('strategy_goal')],
  ['programme_goal_once', again('programme_goal')],
  ['scenario_reference', again('scenario')],
  ['scenario_title_once', again('scenario', 'true', { reference: `'X'` })],
  ['scenario_state', again('scenario', `state = 'standing'`, { state: `'done'` })],
  ['scenario_year', again('scenario', 'true', { financial_year: `'2018'` })],
  ['scenario_part', again('scenario', 'true', { cut_basis_points: '0' })],
  ['scenario_cut', again('scenario', 'true', { cut_pence: '-1' })],
  ['scenario_cut_adds_up', again('scenario', 'true', { cut_pence: 'cut_pence + 1' })],
  ['scenario_keeps_all', again('scenario', 'true', { moved_pence: 'moved_pence + 1' })],
  ['scenario_amounts', again('scenario', 'true', { moved_pence: '-1' })],
  ['scenario_sha256', again('scenario', 'true', { facts_sha256: `'abc'` })],
])('of milestones, assurance and what-ifs, %s refuses: %s', refuses);

const OTHER = of('RTV');

test.each([
  ['survey_answer_sheet', openWave(`update survey_answer set trust_id = ${OTHER} where ${OPEN_SHEET}`)],
  ['survey_barrier_sheet', openWave(`update survey_barrier set trust_id = ${OTHER} where ${OPEN_SHEET}`)],
  ['deployment_project', `update deployment set trust_id = ${OTHER}`],
  [
    'deployment_version',
    'update deployment set product_id = (select x.id from product x where x.id <> product_id limit 1)',
  ],
  ['milestone_review_milestone', `update milestone_review set trust_id = ${OTHER}`],
  ['evidence_milestone', `update evidence set trust_id = ${OTHER}`],
])('no row refers across trusts: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ code: '23503', constraint });
});

async function refuses(constraint: string, text: string): Promise<void> {
  await expect(app.database.sql(text)).rejects.toMatchObject({ constraint });
}
