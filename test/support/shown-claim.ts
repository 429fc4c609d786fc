import type { Actor } from '../../src/core/actor.js';
import type { ClaimLineView } from '../../src/funding/claims/claim.queries.js';
import type { ShownClaim } from '../../src/funding/claims/claims.reader.js';

/** Somebody, as a page's reader. */
export const reader = (role: Actor['role'], id = 'reader'): Actor => ({
  id,
  name: 'Reader',
  role,
  trustId: null,
  trustOds: null,
  requestId: 'test',
});

/** A line of costs, with its evidence. */
export const shownLine = (position: number, over: Partial<ClaimLineView> = {}): ClaimLineView => ({
  position,
  lineId: 'line-1',
  financialYear: '2017/18',
  kind: 'revenue',
  project: { code: 'shared-record', name: 'Shared record' },
  category: 'software',
  description: `Ward network points ${position}`,
  supplier: 'Northern Networks Ltd',
  invoiceReference: `INV-${position}`,
  incurredOn: '2017-10-02',
  invoicedOn: null,
  defrayedOn: null,
  netPence: 10_000,
  vatPence: 0,
  recoverableVatPence: 0,
  claimedPence: 10_000,
  recommendedPence: null,
  recommendedBecause: null,
  approvedPence: null,
  disallowedBecause: null,
  evidence: `evidence-${position}`,
  ...over,
});

const NOBODY_YET = {
  preparedBy: [{ id: 'lead', name: 'Lee Lead' }],
  certifiedBy: null,
  certifiedAt: null,
  submittedBy: null,
  submittedAt: null,
  checkedBy: null,
  checkedAt: null,
  recommendedBy: null,
  recommendedAt: null,
  approvedBy: null,
  approvedAt: null,
  secondApprovedBy: null,
  secondApprovedAt: null,
  endedBy: null,
};

/** A claim of two proved lines as its readers give it: a draft, unless something else is said. */
export function shownClaim({
  people,
  ...over
}: Partial<Omit<ShownClaim, 'people'>> & {
  people?: Partial<ShownClaim['people']>;
} = {}): ShownClaim {
  return {
    id: 'c1',
    reference: 'CLM-000001',
    programme: 'mental-health-exemplars',
    trust: { odsCode: 'RW4', name: 'Mersey Care NHS Foundation Trust' },
    agreement: { id: 'a1', reference: 'MHE-RW4', state: 'active' },
    tranche: { id: 't2', number: 2, name: 'On delivery', basis: 'delivery' },
    kind: 'costs',
    state: 'draft',
    stateSince: '2018-05-10T09:00:00+00:00',
    ageDays: 5,
    version: 1,
    description: 'Costs of autumn',
    claimedPence: 20_000,
    approvedPence: null,
    recommendation: null,
    decisionReason: null,
    people: { ...NOBODY_YET, ...people },
    lines: [shownLine(1), shownLine(2)],
    queries: [],
    payments: [],
    recoveries: [],
    evidence: [],
    claimable: {
      window: { startsOn: '2017-04-01', endsOn: '2020-03-31' },
      categories: ['software'],
      tranche: { number: 2, name: 'On delivery', leftPence: 400_000 },
      lines: [
        {
          ...{ id: 'line-1', financialYear: '2017/18', kind: 'revenue', leftPence: 100_000 },
          ...{ yearClosed: false, claimedBeforePence: 0 },
        },
      ],
    },
    secondApprovalAbovePence: 50_000_000,
    illustrative: false,
    revision: 3,
    blockers: [],
    next: [],
    ...over,
  };
}
