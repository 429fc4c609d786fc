import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import type { Link } from '../page/page.js';
import { programmeTrail } from '../programme/programme.trail.js';

type Placed = Pick<ReturnStanding, 'report' | 'programme'>;

/** "Mersey Care NHS Foundation Trust, 2017/18 Q4". */
export function captionOf({ report }: Pick<ReturnStanding, 'report'>): string {
  return `${report.trust.name}, ${report.period.label}`;
}

/** The way to a page of a return; with `within`, through the return itself. */
export function returnTrail({ report, programme }: Placed, within = true): Link[] {
  return programmeTrail(
    programme,
    { text: 'Returns', href: `/programmes/${programme.slug}/returns` },
    ...(within ? [{ text: `Return for ${report.period.label}`, href: `/returns/${report.id}` }] : []),
  );
}
