import { CONTENT, standingOf } from '../../../test/support/return-standing.js';
import type { ReturnContent } from '../../progress-reports/return-content.js';
import { differences, linesOf } from './lines.js';
import { namesOf } from './names.js';

const NAMES = namesOf(standingOf());
const told = (before: Partial<ReturnContent>, after: Partial<ReturnContent>): string[] =>
  differences(linesOf({ ...CONTENT, ...before }, NAMES), linesOf({ ...CONTENT, ...after }, NAMES)).map(
    (each) => `${each.place} | ${each.line}, ${each.label}: ${each.before} > ${each.after}`,
  );

const [milestone] = CONTENT.milestones as [ReturnContent['milestones'][0]];
const [measurement] = CONTENT.measurements as [ReturnContent['measurements'][0]];
const [risk] = CONTENT.risks as [ReturnContent['risks'][0]];

test.each<[string, Partial<ReturnContent>, Partial<ReturnContent>, string[]]>([
  ['nothing', {}, {}, []],
  [
    'dates, claims and reasons in words',
    { milestones: [{ ...milestone, forecastOn: null, delayReason: null }] },
    { milestones: [{ ...milestone, claim: 'met' }] },
    [
      'milestones/0/forecastOn | First ward live, Forecast date: null > 31 March 2018',
      'milestones/0/claim | First ward live, Claim: Work has started > It has been met',
      'milestones/0/delayReason | First ward live, Reason for delay: null > Supplier delivered late',
    ],
  ],
  [
    'what was not measured',
    {},
    { measurements: [{ ...measurement, numerator: 0, denominator: 0, note: 'In June.' }] },
    [
      'measurements/0/numerator | Online access, Measurement: 30 of 100 > Not measured',
      'measurements/0/note | Online access, Note: null > In June.',
    ],
  ],
  [
    'a line that is gone stands last, without a place',
    { risks: [risk, { ...risk, title: 'Staff', mitigation: '', owner: '' }] },
    { risks: [risk] },
    [' | Staff, Likelihood: 3 – Possible > null', ' | Staff, Impact: 4 – Major > null'],
  ],
  [
    'two of one title are told apart by their turn',
    { risks: [risk, risk] },
    { risks: [risk, { ...risk, impact: 5 }] },
    ['risks/1/impact | Supplier, Impact: 4 – Major > 5 – Severe'],
  ],
  [
    'a rating on another scale is named with its scale',
    { confidence: { scale: 'three', rating: 'amber-red', reason: null } },
    {},
    ['confidence/rating | Delivery confidence, Rating: Amber red (on the scale three) > Amber'],
  ],
])('%s', (_, before, after, expected) => expect(told(before, after)).toEqual(expected));
