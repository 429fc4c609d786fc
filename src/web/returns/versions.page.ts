import type { VersionView } from '../../progress-reports/progress-report.queries.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import { instant, plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Table, table, text } from '../page/table.js';
import { type Difference, differences, linesOf } from './lines.js';
import { type Names, namesOf, SECTION_TITLES } from './names.js';
import { captionOf, returnTrail } from './returns.trail.js';

const idOf = (number: number): string => `version-${number}`;

function differencesTable(version: VersionView, before: VersionView, names: Names): Table {
  return table<Difference>({
    id: idOf(version.number),
    caption: `What version ${version.number} changed`,
    rows: differences(linesOf(before.content, names), linesOf(version.content, names)),
    columns: [
      text('Section', ({ section }) => SECTION_TITLES[section]),
      text('What', ({ line }) => line, { note: ({ label }) => label }),
      text(`Version ${before.number}`, (each) => each.before),
      text(`Version ${version.number}`, (each) => each.after),
    ],
    empty: `Version ${version.number} says the same as version ${before.number}.`,
  });
}

function happened(version: VersionView): string[] {
  const { preparedBy, certifiedBy, certifiedAt, submittedBy, submittedAt, acceptedBy, acceptedAt } = version;
  return [
    preparedBy.length > 0 ? `Prepared by ${preparedBy.join(', ')}` : 'Not begun yet',
    certifiedBy && `Certified by ${certifiedBy}, ${instant(certifiedAt)}`,
    submittedBy && `Submitted by ${submittedBy}, ${instant(submittedAt)}`,
    version.assessment === 'finished' &&
      `Checked automatically: ${plural(version.findings.length, 'thing')} found`,
    acceptedBy && `Accepted by ${acceptedBy}, ${instant(acceptedAt)}`,
  ].filter((each): each is string => typeof each === 'string');
}

/** Every version of a return: who, when and why, and what each changed. */
export function versionsPage(standing: ReturnStanding): Page {
  const { report, versions } = standing;
  const names = namesOf(standing);
  const before = new Map(versions.map((version, index) => [version, versions[index + 1]]));
  return {
    view: 'returns/versions.njk',
    title: 'Versions of this return',
    caption: captionOf(standing),
    trail: returnTrail(standing),
    tables: versions.flatMap((version) => {
      const former = before.get(version);
      return former ? [differencesTable(version, former, names)] : [];
    }),
    model: {
      versions: versions.map((version) => ({
        number: version.number,
        stands: version.number === report.acceptedVersion,
        current: version.number === report.version,
        reason: version.reason,
        happened: happened(version),
        receipt: version.receipt,
        table: before.get(version) ? idOf(version.number) : null,
      })),
    },
  };
}
