import { type Blocker, blockers } from '../core/blockers.js';
import { defineTransitions } from '../core/transitions.js';
import type { MeasureUnit } from '../programmes/definition.types.js';

/** The states of a measurement (domain.md section 10). */
export const MEASUREMENT_STATES = [
  'draft',
  'self-reported',
  'challenged',
  'validated',
  'rejected',
  'published',
  'superseded',
] as const;
export type MeasurementState = (typeof MEASUREMENT_STATES)[number];

export type MeasurementVerb =
  | 'report'
  | 'challenge'
  | 'answer'
  | 'validate'
  | 'reject'
  | 'publish'
  | 'supersede';

/**
 * A measurement's life (domain.md section 10). Only a validated one is published; a later one for the same measure
 * and period supersedes it, and both are kept.
 */
export const MEASUREMENT = defineTransitions<MeasurementState, MeasurementVerb>(
  'measurement',
  'draft',
  MEASUREMENT_STATES,
  {
    report: { from: ['draft'], to: 'self-reported' },
    challenge: { from: ['self-reported'], to: 'challenged' },
    answer: { from: ['challenged'], to: 'self-reported' },
    validate: { from: ['self-reported', 'challenged'], to: 'validated' },
    reject: { from: ['self-reported', 'challenged'], to: 'rejected' },
    publish: { from: ['validated'], to: 'published' },
    supersede: {
      from: ['self-reported', 'challenged', 'validated', 'rejected', 'published'],
      to: 'superseded',
    },
  },
);

/**
 * What is wrong with a value's parts. Both are whole numbers, the numerator 0 or more, the denominator above 0.
 * `share`: a part is at most its whole. `score`: points are at most their maximum, the denominator (100 in the
 * digital maturity self-assessment, domain.md section 4). `count`: the denominator is what the count is held against,
 * such as its target, and the count may exceed it.
 */
export function measurementBlockers(value: {
  unit: MeasureUnit;
  numerator: number;
  denominator: number;
}): Blocker[] {
  const { unit, numerator, denominator } = value;
  const whole = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  if (!whole)
    return [
      {
        code: 'measurement-not-whole',
        message: `${numerator} of ${denominator} is not in whole numbers. Count in whole numbers, without decimals.`,
        pointer: Number.isSafeInteger(numerator) ? '/denominator' : '/numerator',
      },
    ];
  return blockers(
    denominator <= 0 && {
      code: 'denominator-zero',
      message: `The denominator is ${denominator}; it must be above zero. Give the number that the numerator is a part of.`,
      pointer: '/denominator',
    },
    numerator < 0 && {
      code: 'measurement-negative',
      message: `The numerator is ${numerator}; it must be zero or more.`,
      pointer: '/numerator',
    },
    unit !== 'count' &&
      denominator > 0 &&
      numerator > denominator && {
        code: 'measurement-above-denominator',
        message: `The numerator ${numerator} is larger than the denominator ${denominator}. Check whether the two were swapped or counted differently.`,
        pointer: '/numerator',
      },
  );
}

/**
 * What blocks the validation of a measurement: it must be self-reported or challenged, its parts must hold, and the
 * validator is never the one who reported it (domain.md section 10, self-reported kept apart from validated).
 */
export function validationBlockers(validation: {
  state: MeasurementState;
  unit: MeasureUnit;
  numerator: number;
  denominator: number;
  reporterId: string;
  validatorId: string;
}): Blocker[] {
  return [
    ...MEASUREMENT.blockers('validate', validation.state),
    ...blockers(
      validation.reporterId === validation.validatorId && {
        code: 'validator-is-reporter',
        message: 'You reported this measurement, so somebody else must validate it.',
      },
    ),
    ...measurementBlockers(validation),
  ];
}
