import type { Blocker } from '../core/blockers.js';
import { isOpenMilestone, type MilestoneState } from '../milestones/milestone.rules.js';
import type { ReturnContent } from './return-content.js';
import { type AwardLine, isBlank, isNotMeasured, measureKey, spendName } from './return-lines.rules.js';

/** What a return has to speak of. */
export interface ReturnExpectations {
  narrativeSections: ReadonlyArray<{ code: string; title: string }>;
  milestones: ReadonlyArray<{ code: string; name: string; state: MilestoneState }>;
  awards: readonly AwardLine[];
  measures: ReadonlyArray<{ targetSet: string; code: string; name: string }>;
}

function milestonesMissing(content: ReturnContent, expected: ReturnExpectations): Blocker[] {
  return expected.milestones
    .filter((milestone) => isOpenMilestone(milestone.state))
    .flatMap(({ code, name }) => {
      const index = content.milestones.findIndex((line) => line.milestone === code);
      const line = content.milestones[index];
      if (!line)
        return {
          code: 'milestone-missing',
          message: `The milestone "${name}" is not in the return. Add it with its forecast date.`,
          pointer: '/milestones',
        };
      return line.forecastOn === null && line.actualOn === null
        ? {
            code: 'milestone-undated',
            message: `The milestone "${name}" has no date. Give its forecast, or its actual date if it is met.`,
            pointer: `/milestones/${index}/forecastOn`,
          }
        : [];
    });
}

function spendMissing(content: ReturnContent, expected: ReturnExpectations): Blocker[] {
  const given = new Set(content.spend.map(spendName));
  return expected.awards
    .flatMap((award) => [
      { ...award, source: 'grant' as const, amountPence: award.grantPence },
      { ...award, source: 'match' as const, amountPence: award.matchPence },
    ])
    .filter((line) => line.amountPence > 0 && !given.has(spendName(line)))
    .map((line) => ({
      code: 'spend-missing',
      message: `The line ${spendName(line)} has no spend. Add it, with zero where nothing was spent.`,
      pointer: '/spend',
    }));
}

function measurementsMissing(content: ReturnContent, expected: ReturnExpectations): Blocker[] {
  return expected.measures.flatMap(({ targetSet, code, name }) => {
    const key = measureKey({ targetSet, measure: code });
    const index = content.measurements.findIndex((line) => measureKey(line) === key);
    const line = content.measurements[index];
    if (line && (line.denominator !== 0 || isNotMeasured(line))) return [];
    return {
      code: 'measurement-missing',
      message: `The measure "${name}" has no measurement. Give it, or give 0 of 0 with a note that says why it was not measured.`,
      pointer: line ? `/measurements/${index}` : '/measurements',
    };
  });
}

function risksMissing(content: ReturnContent): Blocker[] {
  return content.risks.flatMap((risk, index) =>
    (['title', 'likelihood', 'impact', 'mitigation', 'owner'] as const)
      .filter((field) => risk[field] === 0 || isBlank(String(risk[field])))
      .map((field) => ({
        code: 'risk-incomplete',
        message: `The risk ${isBlank(risk.title) ? `number ${index + 1}` : `"${risk.title}"`} has no ${field}. Fill it in, or remove the risk.`,
        pointer: `/risks/${index}/${field}`,
      })),
  );
}

function narrativeMissing(content: ReturnContent, expected: ReturnExpectations): Blocker[] {
  return expected.narrativeSections.flatMap(({ code, title }) => {
    const index = content.narrative.findIndex((each) => each.section === code);
    return isBlank(content.narrative[index]?.text)
      ? {
          code: 'narrative-missing',
          message: `"${title}" is empty. Write a few lines there.`,
          pointer: index < 0 ? '/narrative' : `/narrative/${index}/text`,
        }
      : [];
  });
}

/**
 * All that a return still lacks, in the order of its sections, each with the place in the content: a dated line for
 * each open milestone; spend for each line of the award that has money in it, grant and match; a measurement for each
 * measure, or a note why not; each risk filled in; each narrative section; the delivery confidence. A return without
 * risks is complete.
 */
export function completenessBlockers(content: ReturnContent, expected: ReturnExpectations): Blocker[] {
  return [
    ...milestonesMissing(content, expected),
    ...spendMissing(content, expected),
    ...measurementsMissing(content, expected),
    ...risksMissing(content),
    ...narrativeMissing(content, expected),
    ...(isBlank(content.confidence?.rating)
      ? [
          {
            code: 'confidence-missing',
            message: 'The delivery confidence is not given. Choose a rating.',
            pointer: '/confidence',
          },
        ]
      : []),
  ];
}
