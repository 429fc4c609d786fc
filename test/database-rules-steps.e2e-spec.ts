import { ASSURANCE_ITEM } from '../src/assurance/assurance-item.rules.js';
import { BENEFIT } from '../src/benefits/benefit.rules.js';
import { ACTUAL } from '../src/benefits/benefit-actual.rules.js';
import { BLUEPRINT } from '../src/blueprints/blueprint.rules.js';
import type { Transitions } from '../src/core/transitions.js';
import { CLAIM } from '../src/funding/claims/claim.rules.js';
import { CONTRIBUTION } from '../src/funding/match/contribution.rules.js';
import { PAYMENT } from '../src/funding/payments/payment.rules.js';
import { RECOVERY } from '../src/funding/payments/recovery.rules.js';
import { PROGRESS_REPORT } from '../src/progress-reports/progress-report.rules.js';
import { MEASUREMENT } from '../src/targets/measurement.rules.js';
import type { TestApp } from './support/app.js';
import { wholeWorld } from './support/whole-world.js';

/** A step back would open what was settled to change: nothing settled takes one, whoever asks. */
let app: TestApp;

beforeAll(async () => {
  app = (await wholeWorld()).app;
}, 400_000);
afterAll(() => app?.stop());

/** What a claim is besides what its state table says of a verb: as it was approved, and as it was before a recovery. */
const CLAIMS_ALSO = {
  scheduled: ['part-approved'],
  paid: ['part-approved'],
  reconciled: ['part-approved'],
  'recovery-raised': ['reconciled', 'recovered'],
};

/** What refuses that something of a table goes from one state to another: a constraint, or `changed` where nothing does. */
async function refused(
  table: string,
  { open, first, from, to }: { open: string[]; first: string; from: string; to: string },
): Promise<string> {
  // Where nothing is in that state, something settled is put into it past the rules.
  const text = `do $try$ declare
    one constant uuid := (select id from ${table} where state <> all ('{${open.join()}}')
      order by state = '${from}' desc, state <> 'withdrawn' desc, id limit 1);
  begin
    perform set_config('session_replication_role', 'replica', true);
    ${first}
    begin
      update ${table} set state = '${from}' where id = one;
      assert found;
    exception when others then
      raise exception 'Nothing could be put into this state: %', sqlerrm;
    end;
    perform set_config('session_replication_role', 'origin', true);
    update ${table} set state = '${to}' where id = one;
    raise exception using message = 'changed', constraint = 'changed';
  end $try$`;
  const by = await app.database.sql(text).then(String, (error) => error.constraint ?? error.message);
  expect([from, to, by]).toEqual([from, to, expect.stringMatching(/^[a-z_]+$/)]);
  return by;
}

test.each<
  [
    constraint: string,
    table: string,
    rule: Transitions<string, string>,
    open: string[],
    besides?: { also?: Record<string, string[]>; first?: string },
  ]
>([
  [
    'decided_claim_is_fixed',
    'claim',
    CLAIM,
    ['draft', 'fd-certified', 'submitted', 'evidence-check', 'queried', 'recommended'],
    { also: CLAIMS_ALSO },
  ],
  ['payment_is_fixed', 'payment', PAYMENT, []],
  [
    'recovery_is_fixed',
    'recovery',
    RECOVERY,
    [],
    { first: `update recovery set state = 'withdrawn' where state = 'raised';` },
  ],
  ['evidenced_match_is_fixed', 'contribution', CONTRIBUTION, ['pledged', 'rejected']],
  [
    'sent_return_is_fixed',
    'progress_report',
    PROGRESS_REPORT,
    ['not-due', 'open', 'draft', 'trust-certified'],
  ],
  ['validated_value_is_fixed', 'measurement', MEASUREMENT, ['draft', 'self-reported', 'challenged']],
  ['agreed_benefit_is_fixed', 'benefit', BENEFIT, ['draft']],
  ['reported_benefit_is_fixed', 'benefit_actual', ACTUAL, ['reported']],
  ['submitted_assurance_is_fixed', 'assurance_item', ASSURANCE_ITEM, ['draft']],
  [
    'submitted_blueprint_is_fixed',
    'blueprint_version',
    BLUEPRINT,
    ['draft', 'submitted', 'in-review', 'queried'],
  ],
])(
  '%s: a %s goes where its state table leads, and nowhere else',
  async (constraint, table, rule, open, { also = {}, first = '' } = {}) => {
    for (const from of rule.states.filter((state) => !open.includes(state))) {
      const others = rule.states.filter((state) => state !== from);
      const led = [...rule.open(from).map((verb) => rule.next(verb, from)), ...(also[from] ?? [])];
      const went: string[] = [];
      for (const to of others)
        if ((await refused(table, { open, first, from, to })) !== constraint) went.push(to);
      expect([from, went]).toEqual([from, others.filter((state) => led.includes(state))]);
    }
  },
);
