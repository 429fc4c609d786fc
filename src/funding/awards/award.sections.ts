import { In } from 'typeorm';
import type { Blocker } from '../../core/blockers.js';
import { formatPounds } from '../../core/money.js';
import { unprocessable } from '../../core/problems.js';
import type { Sql } from '../../database/sql.js';
import type {
  DefinitionChange,
  DefinitionIds,
  DefinitionSection,
} from '../../programmes/definition-section.js';
import { Award, AwardLine, AwardTranche } from './award.entity.js';
import { agreedAwards, totalsInForce } from './award.queries.js';
import { agreedBlockers } from './award.rules.js';

/** Refuses what would change an award that is agreed, as the trigger `award_is_agreed` does. */
async function agreedForbids(sql: Sql, ids: DefinitionIds): Promise<(change: DefinitionChange) => Blocker[]> {
  const agreed = await agreedAwards(sql, ids.programmeId);
  return (change) => agreedBlockers(change, agreed);
}

const awards: DefinitionSection<Award> = {
  name: 'award',
  order: 30,
  entity: Award,
  absent: 'refuse',
  filter: (ids) => ({ programme_id: ids.programmeId }),
  keyOf: (row, ids) => ids.key('organisation', row.trust_id),
  wanted: (definition, ids) =>
    definition.awardTotals.map(({ trustOds, grantPence, matchPence, provenance }) => ({
      key: trustOds,
      columns: {
        programme_id: ids.programmeId,
        trust_id: ids.id('organisation', trustOds),
        grant_pence: grantPence,
        match_pence: matchPence,
        provenance: ids.sourced(provenance),
      },
    })),
  forbids: agreedForbids,
};

const lines: DefinitionSection<AwardLine> = {
  name: 'award-line',
  order: 31,
  entity: AwardLine,
  absent: 'refuse',
  filter: (ids) => ({ award_id: In(ids.idsOf('award')) }),
  keyOf: (row, ids) => `${ids.key('organisation', row.trust_id)} ${row.financial_year} ${row.kind}`,
  wanted: (definition, ids) =>
    definition.awards.map(({ trustOds, financialYear, kind, grantPence, matchPence, provenance }) => ({
      key: `${trustOds} ${financialYear} ${kind}`,
      columns: {
        trust_id: ids.id('organisation', trustOds),
        award_id: ids.id('award', trustOds),
        financial_year: financialYear,
        kind,
        grant_pence: grantPence,
        match_pence: matchPence,
        provenance: ids.sourced(provenance),
      },
    })),
  forbids: agreedForbids,
  /** The rules check the file's own sums; this checks what is stored. */
  async check(sql, ids) {
    const wrong = await totalsInForce(sql, ids.programmeId);
    if (wrong)
      throw unprocessable(
        'control-totals',
        `The awards in force would be ${formatPounds(wrong.grant)} of grant and ${formatPounds(wrong.match)} of match, and the control totals say otherwise; nothing was applied.`,
      );
  },
};

const tranches: DefinitionSection<AwardTranche> = {
  name: 'award-tranche',
  order: 32,
  entity: AwardTranche,
  absent: 'remove',
  filter: (ids) => ({ award_id: In(ids.idsOf('award')) }),
  keyOf: (row, ids) => `${ids.key('organisation', row.trust_id)} ${row.number}`,
  wanted: (definition, ids) =>
    definition.awardTranches.map((tranche) => ({
      key: `${tranche.trustOds} ${tranche.number}`,
      columns: {
        trust_id: ids.id('organisation', tranche.trustOds),
        award_id: ids.id('award', tranche.trustOds),
        number: tranche.number,
        name: tranche.name,
        basis: tranche.basis,
        planned_on: tranche.plannedOn,
        grant_pence: tranche.grantPence,
        milestones: tranche.milestones,
        provenance: ids.sourced(tranche.provenance),
      },
    })),
  forbids: agreedForbids,
};

/** Awards, by trust, by line and by instalment. */
export const AWARD_SECTIONS: DefinitionSection[] = [awards, lines, tranches];
