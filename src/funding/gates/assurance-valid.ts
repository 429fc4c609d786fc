import { coverageFacts } from '../../assurance/coverage.queries.js';
import { clearedBy, lapsedSince } from '../../assurance/coverage.rules.js';
import { liveServices } from './assurance-valid.queries.js';
import type { GateCondition, GivenBlocker } from './gate-conditions.js';

/**
 * The condition that assurance puts to gates: what a go-live behind a tranche rests on still holds. A go-live that is not
 * met keeps the gate shut by itself, and is not told of again; what was never there is the milestone's matter too.
 */
export const ASSURANCE_VALID: GateCondition = {
  name: 'assurance valid',
  codes: ['assurance-invalid'],
  async blockers(sql, { programmeId, trustIds, today }) {
    const live = await liveServices(sql, programmeId, trustIds, today);
    const facts = await coverageFacts(sql, [...new Set(live.map(({ projectId }) => projectId))]);
    return live.flatMap(({ projectId, trustId: owner, trancheId }): GivenBlocker[] => {
      const of = facts.find(({ project }) => project.id === projectId);
      return (of ? lapsedSince(of, today) : []).map((each) => ({
        trustId: owner,
        trancheId,
        blocker: {
          code: 'assurance-invalid',
          message: each.message as string,
          about: {
            kind: 'assurance-item',
            id: each.item?.id as string,
            name: each.item?.reference as string,
          },
          clearedBy: clearedBy(each),
        },
      }));
    });
  },
};
