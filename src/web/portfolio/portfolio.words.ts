import type { PortfolioFigures, PortfolioScore } from '../../portfolio/portfolio.rules.js';
import type { Cut } from '../../portfolio/scenario.types.js';
import { percent, pounds } from '../page/format.js';
import type { Tag } from '../page/table.js';

/** "10 of 18": of the milestones that are due, how many are met. */
export const metWords = ({ due, metOfDue }: PortfolioFigures['milestones']): string =>
  due === 0 ? 'none due' : `${metOfDue} of ${due}`;

/** "2 Green, 1 Amber"; each scale by its name where there are several. */
export function confidenceWords(rated: PortfolioFigures['confidence']): string | null {
  const scales = [...new Set(rated.map(({ scaleName }) => scaleName))];
  const of = (scale: string) =>
    rated
      .filter(({ scaleName }) => scaleName === scale)
      .map(({ trusts, label }) => `${trusts} ${label}`)
      .join(', ');
  if (scales.length < 2) return scales.map(of)[0] ?? null;
  return scales.map((scale) => `${scale}: ${of(scale)}`).join('; ');
}

/** "50.2% reported". */
export const scoreWords = (score: PortfolioScore | null): string | null =>
  score?.selfReported ? `${percent(score.selfReported.percent)} reported` : null;

/** "26.8% validated, 2018/19 Q1". */
export const scoreNote = (score: PortfolioScore | null): string | null =>
  score &&
  `${score.validated ? `${percent(score.validated.percent)} validated` : 'none validated'}, ${score.period}`;

/** "33.33%, £3,732,960". */
export const cutWords = ({ basisPoints, amountPence }: Cut): string =>
  basisPoints === null
    ? pounds(amountPence ?? 0)
    : `${(basisPoints / 100).toFixed(2).replace(/\.?0+$/, '')}%, ${pounds(amountPence ?? 0)}`;

/** A scenario's state, as a tag. */
export const scenarioTag = (state: 'standing' | 'withdrawn'): Tag =>
  state === 'standing' ? { words: 'Standing', colour: 'blue' } : { words: 'Withdrawn', colour: 'grey' };
