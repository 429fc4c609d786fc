import fc from 'fast-check';
import { acceptedGrantsOf, MERSEY, packageWith } from '../../test/support/accepted-grants.js';
import { givingSchemas, ownFaults } from '../../test/support/giving-schemas.js';

const PUBLISHER = { prefix: '360G-x', licence: 'https://licence.example/', origin: 'https://x.example' };
const OXFORD = {
  ...MERSEY,
  awardee: { odsCode: 'RNU', name: 'Oxford Health' },
  changedAt: '2019-01-01T00:00:00Z',
};
const schemas = givingSchemas();

test('a package says what it is, where it is and when it last changed', () => {
  expect(packageWith([MERSEY, OXFORD], null, PUBLISHER)).toMatchObject({
    version: '1.4',
    title: 'Grants of Exemplars',
    description:
      'Grants under agreements that are or were in force, with what was paid and what came back. What is drafted, claimed, scheduled or in dispute is not in it.',
    identifier: '360G-x',
    publisher: { identifier: 'GB-NHS-X24', name: 'NHS England' },
    license: 'https://licence.example/',
    accessURL: 'https://x.example/open-data',
    downloadURL: 'https://x.example/open-data/360giving.json',
    issued: '2019-01-01',
    modified: '2019-01-01T00:00:00Z',
  });
  expect(packageWith([OXFORD, MERSEY], null, PUBLISHER).modified).toBe('2019-01-01T00:00:00Z');
  expect(packageWith([MERSEY], 'exemplars', PUBLISHER)).toMatchObject({
    identifier: '360G-x-exemplars',
    downloadURL: 'https://x.example/open-data/exemplars/360giving.json',
  });
});

test('it says that it is illustrative, and how much of it', () => {
  const { title, description } = packageWith([MERSEY, { ...OXFORD, illustrative: true }], null, PUBLISHER);
  expect(title).toBe('Illustrative: Grants of Exemplars');
  expect(description).toContain('1 of 2 are illustrative');
});

test('it names no publisher where its grants have several funders', () => {
  const other = { ...OXFORD, funder: { odsCode: 'ZZF01', name: 'Another' } };
  expect(packageWith([MERSEY, other], null, PUBLISHER)).not.toHaveProperty('publisher');
});

test('whatever the programme, a package is as our own schema describes it', () =>
  fc.assert(
    fc.property(acceptedGrantsOf, (rows) => {
      expect(ownFaults(packageWith(rows, null, PUBLISHER))).toEqual([]);
    }),
    { numRuns: 200 },
  ));

test('our own schema finds what does not belong, and what is missing', () => {
  const published = packageWith([MERSEY], null, PUBLISHER);
  const [grant] = published.grants;
  expect(ownFaults({ ...published, grants: [{ ...grant, contactName: 'Somebody' }] })).not.toEqual([]);
  expect(ownFaults({ ...published, grants: [{ ...grant, awardDate: undefined }] })).not.toEqual([]);
  expect(ownFaults({ ...published, grants: [] })).not.toEqual([]);
});

(schemas ? describe : describe.skip)(
  '360Giving’s schemas (skipped where shared/360giving is not there)',
  () => {
    const faults = (published: unknown): string[] => schemas?.faults(published) ?? ['no schema'];

    test('whatever the programme, a package is valid', () =>
      fc.assert(
        fc.property(acceptedGrantsOf, (rows) => {
          expect(faults(packageWith(rows, null, PUBLISHER))).toEqual([]);
        }),
        { numRuns: 200 },
      ));

    test('the schemas find what is wrong', () => {
      const published = packageWith([MERSEY], null, PUBLISHER);
      const [grant] = published.grants;
      for (const wrong of [
        { ...published, version: '1.4.3' },
        { ...published, grants: [] },
        { ...published, grants: [{ ...grant, amountAwarded: '5.01' }] },
        { ...published, grants: [{ ...grant, awardDate: '23/05/2017' }] },
        { ...published, grants: [{ ...grant, recipientOrganization: undefined }] },
      ])
        expect(faults(wrong)).not.toEqual([]);
    });
  },
);
