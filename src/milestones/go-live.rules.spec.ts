import type { CoverageFacts } from '../assurance/coverage.rules.js';
import { goLiveBlockers, goLiveRequirements, lookedAtOn } from './go-live.rules.js';

const FACTS: CoverageFacts = {
  project: { id: 'p', code: 'wards', name: 'Wards' },
  trust: { id: 't', odsCode: 'RV5', name: 'South London' },
  deployments: [],
  items: [
    {
      ...{ id: 'i', reference: 'ASR-00001', kind: 'caldicott', subjectId: 't', state: 'accepted' },
      ...{ accepted: true, signedOn: '2017-01-10', expiresOn: '2018-03-01', outcome: null },
    } as CoverageFacts['items'][number],
  ],
};

test.each([
  ['that is planned', 'planned', '2018-09-30', null, '2018-09-30'],
  ['whose forecast has passed', 'in-progress', '2018-06-30', null, '2018-07-20'],
  ['that is claimed', 'claimed-met', '2018-06-30', '2018-06-25', '2018-06-25'],
  ['that is live', 'met', '2018-06-30', '2018-06-25', '2018-07-20'],
] as const)('a go-live %s is looked at for its day', (_, state, forecastOn, actualOn, on) =>
  expect(lookedAtOn({ state, forecastOn, actualOn }, '2018-07-20')).toBe(on),
);

test.each([
  ['90 days before', '2017-12-01', true],
  ['91 days before', '2017-11-30', false],
])('what ends is spoken of %s', (_, today, endsSoon) =>
  expect(goLiveRequirements(FACTS, today, today).find(({ kind }) => kind === 'caldicott')?.endsSoon).toBe(
    endsSoon,
  ),
);

test.each([
  ['a go-live', 'go-live', '2018-02-01', ['deployment-missing']],
  ['one after that held', 'go-live', '2018-03-02', ['deployment-missing', 'assurance-expired']],
  ['one without an actual day', 'go-live', null, []],
  ['a plan', 'plan', '2018-03-02', []],
])('what keeps %s from being met', (_, kind, actualOn, codes) =>
  expect(goLiveBlockers({ kind, actualOn }, FACTS).map(({ code }) => code)).toEqual(codes),
);
