import { type Actor, may } from '../../core/actor.js';
import type { Permission } from '../../core/permissions.js';
import { MEASUREMENT, type MeasurementVerb } from '../../targets/measurement.rules.js';
import type { MeasurementContext } from '../../targets/measurement-context.queries.js';
import type { MeasurementView } from '../../targets/target.queries.js';
import type { Step } from '../page/step.js';

/** What a person may do with a measurement, by its name in addresses. */
export type MeasurementStep = 'validation' | 'challenge' | 'answer' | 'rejection' | 'publication';

interface Described {
  verb: MeasurementVerb;
  permission: Permission;
  step: (measurement: MeasurementView) => Step;
}

const reason = (label: string, hint: string) =>
  ({ kind: 'textarea', name: 'reason', label, hint, max: 2_000 }) as const;

/** The largest part that a value may have. */
const MOST = 1_000_000_000;

const validation = ({ selfReported, validated }: MeasurementView): Step => ({
  title: 'Validate the value',
  explains: [
    'Give what you found yourself. It is kept beside what the trust reported, which stays as it is.',
    'The validated score of the trust and of the programme count your value.',
  ],
  fields: [
    {
      kind: 'whole',
      name: 'numerator',
      label: 'Numerator',
      hint: `The trust reported ${selfReported.numerator.toLocaleString('en-GB')}.`,
      value: validated?.numerator ?? selfReported.numerator,
      max: MOST,
    },
    {
      kind: 'whole',
      name: 'denominator',
      label: 'Denominator',
      hint: `The trust reported ${selfReported.denominator.toLocaleString('en-GB')}.`,
      value: validated?.denominator ?? selfReported.denominator,
      min: 1,
      max: MOST,
    },
    { kind: 'textarea', name: 'note', label: 'How you found it', optional: true, max: 2_000 },
  ],
  button: 'Validate',
  notice: 'The value was validated.',
});

/** The steps of a measurement, in the order in which they are offered. */
export const MEASUREMENT_STEPS: Record<MeasurementStep, Described> = {
  validation: { verb: 'validate', permission: 'measurement:validate', step: validation },
  challenge: {
    verb: 'challenge',
    permission: 'measurement:validate',
    step: () => ({
      title: 'Question the value',
      explains: ['The trust sees your question and answers it. Until then the value stands as reported.'],
      fields: [reason('What you question', 'Say what you looked at, and what does not agree with it.')],
      button: 'Send the question',
      notice: 'The value was questioned.',
    }),
  },
  answer: {
    verb: 'answer',
    permission: 'progress-report:prepare',
    step: () => ({
      title: 'Stand by the value',
      explains: [
        'Your answer goes into the log with your name. If the value is wrong, correct the return instead: a reported value is never changed.',
      ],
      fields: [reason('Your answer', 'Say how it was counted, and where that can be seen.')],
      button: 'Send the answer',
      notice: 'The answer was sent.',
    }),
  },
  rejection: {
    verb: 'reject',
    permission: 'measurement:validate',
    step: () => ({
      title: 'Reject the value',
      explains: ['A rejected value counts in no score. The trust can correct its return with another one.'],
      fields: [reason('Why it does not stand', 'The trust reads this.')],
      button: 'Reject the value',
      warning: true,
      notice: 'The value was rejected.',
    }),
  },
  publication: {
    verb: 'publish',
    permission: 'measurement:publish',
    step: () => ({
      title: 'Publish the value',
      explains: [
        'Anybody can then read the validated value without signing in. Notes and names are not published.',
        'It cannot be made unpublished. A later correction takes its place.',
      ],
      fields: [],
      button: 'Publish',
      warning: true,
      notice: 'The value was published.',
    }),
  },
};

/** The steps that are open to a reader: the state allows them, and so does their role. */
export function openMeasurementSteps(
  actor: Pick<Actor, 'id' | 'role'>,
  { state }: Pick<MeasurementView, 'state'>,
  { reporterId }: Pick<MeasurementContext, 'reporterId'>,
): MeasurementStep[] {
  const open = MEASUREMENT.open(state);
  return (Object.keys(MEASUREMENT_STEPS) as MeasurementStep[]).filter((name) => {
    const { verb, permission } = MEASUREMENT_STEPS[name];
    const own = name === 'validation' && actor.id === reporterId;
    return open.includes(verb) && may(actor as Actor, permission) && !own;
  });
}
