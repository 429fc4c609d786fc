import type { AgreementVersionView } from '../../funding/agreements/agreement.queries.js';
import type { AgreedLine, AgreedTranche } from '../../funding/agreements/agreement-terms.js';
import type { ShownAgreement } from '../../funding/agreements/agreements.reader.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, money, type Table, table, text } from '../page/table.js';
import { versionFacts } from './agreement.page.js';
import {
  agreementLinks,
  agreementTrail,
  lineWords,
  type ProgrammeRef,
  ratioWords,
  windowWords,
} from './agreement.words.js';
import { termsDifferences } from './terms-differences.js';

function tablesOf({ number, terms }: AgreementVersionView): Table[] {
  return [
    table<AgreedLine>({
      id: `lines-${number}`,
      caption: `Lines of version ${number}`,
      rows: terms.lines,
      columns: [
        text('Line', lineWords),
        money('Grant', ({ grantPence }) => grantPence),
        money('Match', ({ matchPence }) => matchPence),
      ],
      empty: 'This version has no lines, so it cannot be agreed.',
    }),
    table<AgreedTranche>({
      id: `tranches-${number}`,
      caption: `Tranches of version ${number}`,
      rows: terms.tranches,
      columns: [
        text('Tranche', (row) => `${row.number}: ${row.name}`, {
          note: ({ milestones }) => milestones.join(', ') || null,
        }),
        text('Paid', ({ basis }) => (basis === 'advance' ? 'In advance' : 'On delivery')),
        date('Planned for', ({ plannedOn }) => plannedOn),
        money('Grant', ({ grantPence }) => grantPence),
      ],
      empty: 'This version has no tranches, so nothing can be paid under it.',
    }),
  ];
}

/** The page of an agreement's versions, newest first, each with what it says otherwise than the one before. */
export function agreementVersionsPage(
  programme: ProgrammeRef,
  agreement: Pick<ShownAgreement, 'id' | 'reference' | 'trust' | 'version'>,
  versions: readonly AgreementVersionView[],
): Page {
  return {
    view: 'agreements/versions.njk',
    title: `Versions of ${agreement.reference}`,
    caption: agreement.trust.name,
    trail: agreementTrail(programme, agreement),
    tables: versions.flatMap(tablesOf),
    model: {
      links: agreementLinks(programme, agreement),
      count: plural(versions.length, 'version'),
      versions: versions.map((version) => {
        const before = versions.find(({ number }) => number === version.number - 1);
        const { terms } = version;
        return {
          number: version.number,
          current: version.number === agreement.version,
          facts: [
            ...versionFacts(version),
            { label: 'Match ratio', value: ratioWords(terms.matchRatio) },
            { label: 'Costs arise', value: windowWords(terms.eligibility) },
            { label: 'Match arises', value: windowWords(terms.matchRules) },
          ],
          differences: before ? termsDifferences(before.terms, terms) : null,
          terms,
        };
      }),
    },
  };
}
