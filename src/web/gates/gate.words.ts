import type { GateView } from '../../funding/gates/gate.service.js';
import type { Tag } from '../page/table.js';

/** How a gate stands, as a tag. @param passed whether all of its tranche is through, so that it holds nothing up */
export function gateTag(
  { open, waived = [] }: Pick<GateView, 'open'> & Partial<Pick<GateView, 'waived'>>,
  passed: boolean,
): Tag {
  if (passed) return { words: 'Passed', colour: 'grey' };
  if (!open) return { words: 'Shut', colour: 'red' };
  return waived.length > 0
    ? { words: 'Open by waiver', colour: 'yellow' }
    : { words: 'Open', colour: 'green' };
}
