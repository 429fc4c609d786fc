import { MOST_CHOICES, trustFields } from './filter.js';

const trusts = (number: number) =>
  Array.from({ length: number }, (_, index) => ({ odsCode: `X${index}`, name: `Trust ${index}` }));

test('a trust is chosen of a list that a reader can go through, and is else asked for by its code', () => {
  const [few] = trustFields(trusts(MOST_CHOICES), 'X1');
  expect(few).toMatchObject({ label: 'Trust', value: 'X1' });
  expect(few?.items).toHaveLength(MOST_CHOICES + 1);
  const [many] = trustFields(trusts(MOST_CHOICES + 1), 'X1');
  expect(many).toEqual({ name: 'trust', label: 'Trust, by its ODS code', value: 'X1', items: null });
  expect(trustFields(trusts(2), null, false)).toEqual([]);
});
