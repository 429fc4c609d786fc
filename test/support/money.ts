import { randomUUID } from 'node:crypto';
import { systemActor } from '../../src/core/actor.js';
import type { Tx } from '../../src/database/tx.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import {
  Agreement,
  AgreementVersion,
  FundingLine,
  Tranche,
  TrancheMilestone,
} from '../../src/funding/agreements/agreement.entity.js';
import type { AgreedTranche, AgreementTerms } from '../../src/funding/agreements/agreement-terms.js';
import { Ledger } from '../../src/funding/ledger.js';
import type { TestApp } from './app.js';
import { SLUG } from './returns.js';

/** An agreement in force, as tests of what follows from it begin. */
export interface InForce {
  id: string;
  programmeId: string;
  trustId: string;
  /** Ids by number. */
  tranches: Record<number, string>;
  /** Ids by year and kind: `2017/18 capital`. */
  lines: Record<string, string>;
  /** Ids by `project/milestone`. */
  milestones: Record<string, string>;
}

const pounds = (amount: number): number => amount * 100;

/** Two instalments: £1m in advance, and £4m on delivery of a trust's first milestone. */
export const TWO_TRANCHES = (milestone: string): AgreedTranche[] => [
  {
    number: 1,
    name: 'On signature',
    basis: 'advance',
    plannedOn: '2017-06-30',
    grantPence: pounds(1_000_000),
    milestones: [],
  },
  {
    number: 2,
    name: 'On delivery',
    basis: 'delivery',
    plannedOn: '2018-03-31',
    grantPence: pounds(4_000_000),
    milestones: [milestone],
  },
];

/**
 * Puts an agreement of a trust in force with its award's lines, past the steps that lead there.
 * @param tranches of the trust's first milestone by code, where not `TWO_TRANCHES`
 */
export async function putInForce(
  app: TestApp,
  trust: string,
  { tranches = TWO_TRANCHES, ratio = { matchPence: 1, perGrantPence: 1 }, slug = SLUG } = {},
): Promise<InForce> {
  const actor = systemActor('test', randomUUID());
  const [award] = await app.database.sql<{
    id: string;
    programmeId: string;
    trustId: string;
    ods: string;
    name: string;
  }>(
    `select a.id, a.programme_id as "programmeId", a.trust_id as "trustId", o.ods_code as ods, o.name
     from award a join organisation o on o.id = a.trust_id join programme p on p.id = a.programme_id
     where p.slug = $1 and o.ods_code = $2`,
    [slug, trust],
  );
  if (!award) throw new Error(`${trust} has no award`);
  const lines = await app.database.sql<AgreementTerms['lines'][number]>(
    `select financial_year as "financialYear", kind, grant_pence::float8 as "grantPence", match_pence::float8 as "matchPence"
     from award_line where award_id = $1 order by 1, 2`,
    [award.id],
  );
  const milestones = await app.database.sql<{ id: string; code: string }>(
    `select m.id, p.code || '/' || m.code as code from milestone m join project p on p.id = m.project_id
     where m.trust_id = $1 and m.programme_id = $2 order by m.baseline_on, 2`,
    [award.trustId, award.programmeId],
  );
  const first = milestones[0]?.code as string;
  const agreed = tranches(first);
  return app.app.get(UnitOfWork, { strict: false }).run({ actor, action: 'test.agree' }, async (tx) => {
    const [preparer, approver] = [await person(tx), await person(tx)];
    const agreement = await tx.insert(Agreement, {
      programme_id: award.programmeId,
      trust_id: award.trustId,
      award_id: award.id,
      reference: `TEST-${trust}`,
      state: 'active',
      window_starts_on: '2017-04-01',
      window_ends_on: '2020-03-31',
      match_pence: ratio.matchPence,
      per_grant_pence: ratio.perGrantPence,
      activated_on: '2017-04-01',
    });
    await tx.insert(AgreementVersion, {
      trust_id: award.trustId,
      agreement_id: agreement.id,
      number: 1,
      terms: termsOf(award, lines, agreed, ratio) as never,
      effective_on: '2017-04-01',
      prepared_by: preparer,
      approved_by: approver,
      approved_at: new Date(),
    });
    const lineIds: InForce['lines'] = {};
    for (const { financialYear, kind } of lines) {
      const line = { trust_id: award.trustId, agreement_id: agreement.id, kind };
      const { id } = await tx.insert(FundingLine, { ...line, financial_year: financialYear });
      lineIds[`${financialYear} ${kind}`] = id;
    }
    const trancheIds: InForce['tranches'] = {};
    for (const tranche of agreed) {
      const { id } = await tx.insert(Tranche, {
        trust_id: award.trustId,
        agreement_id: agreement.id,
        number: tranche.number,
        name: tranche.name,
        basis: tranche.basis,
        planned_on: tranche.plannedOn,
        grant_pence: tranche.grantPence,
      });
      trancheIds[tranche.number] = id;
      for (const code of tranche.milestones)
        await tx.insert(TrancheMilestone, {
          trust_id: award.trustId,
          tranche_id: id,
          milestone_id: milestones.find((each) => each.code === code)?.id as string,
        });
    }
    await app.app.get(Ledger, { strict: false }).post(tx, agreement, {
      kind: 'award',
      datedOn: '2017-04-01',
      narrative: 'Agreed',
      movements: lines.flatMap(({ financialYear, kind, grantPence, matchPence }) => {
        const lineId = lineIds[`${financialYear} ${kind}`] as string;
        return [
          {
            lineId,
            source: 'grant' as const,
            from: 'outside' as const,
            to: 'awarded' as const,
            amountPence: grantPence,
          },
          {
            lineId,
            source: 'match' as const,
            from: 'outside' as const,
            to: 'pledged' as const,
            amountPence: matchPence,
          },
        ].filter(({ amountPence }) => amountPence > 0);
      }),
    });
    return {
      id: agreement.id,
      programmeId: award.programmeId,
      trustId: award.trustId,
      tranches: trancheIds,
      lines: lineIds,
      milestones: Object.fromEntries(milestones.map(({ id, code }) => [code, id])),
    };
  });
}

async function person(tx: Tx): Promise<string> {
  const [made] = await tx.query<{ id: string }>(
    `insert into person (name, role) values ('Somebody', 'programme-manager') returning id`,
  );
  return made?.id as string;
}

function termsOf(
  award: { ods: string; name: string },
  lines: AgreementTerms['lines'],
  tranches: AgreedTranche[],
  matchRatio: AgreementTerms['matchRatio'],
): AgreementTerms {
  return {
    parties: {
      funder: { odsCode: 'X24', name: 'NHS England' },
      recipient: { odsCode: award.ods, name: award.name },
    },
    lines,
    tranches,
    matchRatio,
    matchRules: {
      types: [
        { code: 'cash', label: 'Cash' },
        { code: 'staff-release', label: 'Staff released to the programme' },
        { code: 'in-kind', label: 'Other contributions in kind' },
      ],
      startsOn: '2017-04-01',
      endsOn: '2020-03-31',
      exclusions: [],
    },
    eligibility: { startsOn: '2017-04-01', endsOn: '2020-03-31', categories: [] },
    conditions: [],
  };
}

/** Balances of an agreement in pence, by source and stage, over all its lines; `outside` left out. */
export async function balances(app: TestApp, agreementId: string): Promise<Record<string, number>> {
  const rows = await app.database.sql<{ name: string; sum: number }>(
    `select a.source || ' ' || a.stage as name, sum(a.balance_pence)::float8 as sum
     from account a join funding_line l on l.id = a.line_id
     where l.agreement_id = $1 and a.stage <> 'outside' group by 1`,
    [agreementId],
  );
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
