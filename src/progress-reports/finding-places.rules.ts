import type { Finding } from './assessment-input.js';
import type { ReturnContent, ReturnSection } from './return-content.js';
import { measureKey, spendName } from './return-lines.rules.js';

/** What makes each line of a section the same line in another version. */
function keysOf(content: ReturnContent, section: ReturnSection): string[] {
  switch (section) {
    case 'milestones':
      return content.milestones.map(({ milestone }) => milestone);
    case 'spend':
      return content.spend.map(spendName);
    case 'measurements':
      return content.measurements.map(measureKey);
    case 'risks':
      return content.risks.map(({ title }) => title);
    case 'narrative':
      return content.narrative.map(({ section: code }) => code);
    case 'confidence':
      return [];
  }
}

/**
 * The place of the same thing in another version of a return, where lines may have been added or taken out: the
 * section, where its line is no longer there.
 * @param place JSON Pointer into `from`
 */
export function placeIn(place: string, from: ReturnContent, to: ReturnContent): string {
  const match = /^\/(\w+)\/(\d+)(\/.*)?$/.exec(place);
  if (!match) return place;
  const [, section = '', index = '', rest = ''] = match;
  const key = keysOf(from, section as ReturnSection)[Number(index)];
  const found = key === undefined ? -1 : keysOf(to, section as ReturnSection).indexOf(key);
  return found < 0 ? `/${section}` : `/${section}/${found}${rest}`;
}

/**
 * What the last assessment of a return found, each at its place in what the return says now: a version that is being
 * mended has not been assessed itself.
 * @param versions newest first
 */
export function standingFindings(
  versions: ReadonlyArray<{
    content: ReturnContent;
    assessment: string | null;
    findings: readonly Finding[];
  }>,
): Finding[] {
  const [current] = versions;
  const assessed = versions.find(({ assessment }) => assessment === 'finished');
  if (!current || !assessed) return [];
  return assessed.findings.map((finding) => ({
    ...finding,
    place: placeIn(finding.place, assessed.content, current.content),
  }));
}
