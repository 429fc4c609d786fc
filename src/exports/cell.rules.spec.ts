import { CELLS } from '../../test/support/cells.js';
import { defused, undefused } from './cell.rules.js';

test.each(CELLS)('the text %j is the cell %j', (text, cell) => {
  expect(defused(text)).toBe(cell);
  expect(undefused(cell)).toBe(text);
});

test('a cell that was never defused, as that of a number, is the text itself', () =>
  expect(undefused('-5')).toBe('-5'));
