import { addressOf, asked, nextAddress } from './address.js';

test('an address leaves out what says nothing, and keeps an empty text, which says: all', () => {
  expect(addressOf('/x', { state: 'draft', trust: null, after: undefined })).toBe('/x?state=draft');
  expect(addressOf('/x', { state: '' })).toBe('/x?state=');
  expect(addressOf('/x', { trust: null })).toBe('/x');
});

test('the next page of a list is narrowed as this one; a list may have a parameter of its own', () => {
  expect(nextAddress('/a', { trust: 'RW4' }, 'x=&')).toBe('/a?trust=RW4&after=x%3D%26');
  expect(nextAddress('/a', {}, 'x', 'claims')).toBe('/a?claims=x');
  expect(nextAddress('/a', { trust: 'RW4' }, null)).toBeNull();
});

test.each([[undefined], [''], [['a', 'b']], [{ a: 'b' }]])('%j is not asked', (parameter) =>
  expect(asked(parameter)).toBeNull(),
);
