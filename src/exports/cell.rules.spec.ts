import { CELLS } from '../../test/support/cells.js';
import { defused, undefused } from './cell.rules.js';

test.each(CELLS)('the text %j is the cell %j', (text, cell) => {
  expect(defused(text)).toBe(cell);
  expect(undefused(cell)).toBe(text);
});
