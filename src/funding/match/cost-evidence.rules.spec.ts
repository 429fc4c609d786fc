import { CLAIM_STATES } from '../claims/claim-states.js';
import { CONTRIBUTION_STATES } from './contribution.rules.js';
import {
  type CostLabel,
  costEvidenceBlockers,
  costLabelFaults,
  countedBlockers,
  withdrawalBlockers,
} from './cost-evidence.rules.js';

test.each<[Partial<CostLabel>, Array<[string, string]>]>([
  [{}, []],
  [{ supplier: 'Børge Møller A/S', reference: '№ 7' }, []],
  [{ supplier: '' }, [['missing', '/supplier']]],
  [{ reference: ' ' }, [['missing', '/reference']]],
  [
    { supplier: '—', reference: '#' },
    [
      ['missing', '/supplier'],
      ['missing', '/reference'],
    ],
  ],
  [{ supplier: 'a'.repeat(200) }, []],
  [{ supplier: 'a'.repeat(201) }, [['invalid', '/supplier']]],
  [{ reference: 'of 943 476 5919' }, [['nhs-number', '/reference']]],
  [{ reference: 'a\u0000' }, [['nul-character', '/reference']]],
])('evidence that says %p', (label, faults) =>
  expect(
    costLabelFaults({ supplier: 'Northern Networks Ltd', reference: 'INV-20417', ...label }).map(
      ({ code, pointer }) => [code, pointer],
    ),
  ).toEqual(faults),
);

test('a claim takes evidence while the trust is at work on it, and gives it back as a draft', () => {
  const open = (blockers: (state: (typeof CLAIM_STATES)[number]) => object[]) =>
    CLAIM_STATES.filter((state) => blockers(state).length === 0);
  expect(open((state) => costEvidenceBlockers({ kind: 'claim', state }))).toEqual(['draft', 'queried']);
  expect(open((state) => withdrawalBlockers({ kind: 'claim', state }, true))).toEqual(['draft']);
});

test('a contribution takes evidence until it is decided on, and gives it back until it is evidenced', () => {
  const open = (blockers: (state: (typeof CONTRIBUTION_STATES)[number]) => object[]) =>
    CONTRIBUTION_STATES.filter((state) => blockers(state).length === 0);
  expect(open((state) => costEvidenceBlockers({ kind: 'contribution', state }))).toEqual([
    'pledged',
    'evidenced',
    'rejected',
  ]);
  expect(open((state) => withdrawalBlockers({ kind: 'contribution', state }, true))).toEqual([
    'pledged',
    'rejected',
  ]);
});

test('the words of a certified claim say what opens it again', () =>
  expect(costEvidenceBlockers({ kind: 'claim', state: 'fd-certified' })).toEqual([
    {
      code: 'claim-closed',
      message: 'This claim is fd certified: its evidence is complete as it was certified.',
      pointer: '/state',
      clearedBy: 'Saving the claim makes it a draft again.',
    },
  ]));

test('the words of a contribution that is accepted say that it was decided on', () =>
  expect(costEvidenceBlockers({ kind: 'contribution', state: 'accepted' })).toEqual([
    {
      code: 'contribution-closed',
      message: 'This contribution is accepted: its evidence is complete as it was decided on.',
      pointer: '/state',
    },
  ]));

test('what counts no more is not taken back again', () =>
  expect(withdrawalBlockers({ kind: 'contribution', state: 'pledged' }, false)).toEqual([
    {
      code: 'evidence-counts-no-more',
      message: 'This evidence does not count any more, so there is nothing to take back.',
      pointer: '/counts',
    },
  ]));

test('what somebody relies on is not taken back, and says on what it rests', () =>
  expect(withdrawalBlockers({ kind: 'claim', state: 'evidence-check' }, true)).toEqual([
    {
      code: 'evidence-relied-on',
      message: 'The claim that this proves is evidence check, and rests on it.',
      pointer: '/state',
    },
  ]));

test('evidence that counts already is named where its holder may see it', () =>
  expect(
    countedBlockers([
      { id: 'e1', owner: { kind: 'claim', id: 'c1', reference: 'CLM-000001' }, sameFile: true },
      { id: 'e2', owner: { kind: 'contribution', id: 'm2', reference: 'MAT-00002' }, sameFile: false },
    ]),
  ).toEqual([
    {
      code: 'evidence-counts-already',
      message: 'This very file counts for the claim CLM-000001 already. One piece of evidence counts once.',
      pointer: '/file',
      about: { kind: 'claim', id: 'c1', name: 'CLM-000001' },
      clearedBy: 'Send other evidence, or take it back from CLM-000001 first.',
    },
    {
      code: 'reference-counts-already',
      message:
        'Evidence with this supplier and reference counts for the contribution MAT-00002 already. One piece of evidence counts once.',
      pointer: '/reference',
      about: { kind: 'contribution', id: 'm2', name: 'MAT-00002' },
      clearedBy: 'Send other evidence, or take it back from MAT-00002 first.',
    },
  ]));
