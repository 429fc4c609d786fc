import { In } from 'typeorm';
import { formatPounds } from '../core/money.js';
import { unprocessable } from '../core/problems.js';
import type { DefinitionSection } from '../programmes/definition-section.js';
import { Award, AwardLine } from './award.entity.js';
import { totalsInForce } from './award.queries.js';

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

/** Awards, by trust and by line. */
export const AWARD_SECTIONS: DefinitionSection[] = [awards, lines];
