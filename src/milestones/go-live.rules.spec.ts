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

const caldicott = (on: string, told: Parameters<typeof goLiveRequirements>[3] = []) =>
  goLiveRequirements(FACTS, on, on, told).find(({ kind }) => kind === 'caldicott');
test.each([
  ['90 days before', '2017-12-01', true],
  ['91 days before', '2017-11-30', false],
])('what ends is spoken of %s', (_, today, endsSoon) => expect(caldicott(today)?.endsSoon).toBe(endsSoon));

test('what has ended does not end soon', () =>
  expect(caldicott('2018-03-02')).toMatchObject({
    status: 'expired',
    endsSoon: false,
  }));

const told = (itemId: string, odsCode: string) => ({ itemId, odsCode, toldAt: '2018-02-01T09:00:00Z' });
test.each([
  ['nobody', [], null],
  ['its trust', [told('j', 'RV5'), told('i', 'RV5')], '2018-02-01T09:00:00Z'],
  ['another trust', [told('i', 'RX4')], null],
  ['its trust, of another piece', [told('j', 'RV5')], null],
])('when %s was told that it ends', (_, all, toldAt) =>
  expect(caldicott('2018-02-01', all)?.toldAt).toBe(toldAt),
);

test('what keeps a go-live from being met was due on its day', () =>
  expect(goLiveBlockers({ kind: 'go-live', actualOn: '2018-02-01' }, FACTS)[0]?.dueOn).toBe('2018-02-01'));

test.each([
  ['a go-live', 'go-live', '2018-02-01', ['deployment-missing']],
  ['one after that held', 'go-live', '2018-03-02', ['deployment-missing', 'assurance-expired']],
  ['one without an actual day', 'go-live', null, []],
  ['a plan', 'plan', '2018-03-02', []],
])('what keeps %s from being met', (_, kind, actualOn, codes) =>
  expect(goLiveBlockers({ kind, actualOn }, FACTS).map(({ code }) => code)).toEqual(codes),
);
