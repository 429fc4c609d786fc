import { ADOPTION_MODES, type AdoptionStep } from '../../blueprints/adoption.rules.js';
import type { FiguresStep } from '../../blueprints/adoption-figures.rules.js';
import type { ShownAdoption, ShownPairing } from '../../blueprints/adoptions.reader.js';
import { LIMITS } from '../../blueprints/blueprint.rules.js';
import type { PairingStep } from '../../blueprints/pairing.rules.js';
import type { Permission } from '../../core/permissions.js';
import { choicesOf } from '../page/filter.js';
import { pounds } from '../page/format.js';
import type { Step, StepField } from '../page/step.js';

/** What may be done with an adoption on a page of its own. */
export type AdoptionPageStep = AdoptionStep | FiguresStep | 'details';

/** What each asks of whoever does it. */
export const ADOPTION_PERMISSION: Record<AdoptionPageStep, Permission> = {
  ...{ beginning: 'blueprint:use', 'go-live': 'blueprint:use', details: 'blueprint:use' },
  ...{ abandonment: 'blueprint:use', validation: 'adoption:validate', rejection: 'adoption:validate' },
};

/** What each is called on the page of the adoption. */
export const ADOPTION_LINKS: Record<AdoptionPageStep, string> = {
  beginning: 'Say that it was begun',
  'go-live': 'Say that it went live',
  details: 'Write what was changed, and what it cost',
  validation: 'Validate its time and cost',
  rejection: 'Send its time and cost back',
  abandonment: 'Say that it was given up',
};
/** What each is called on the page of the pairing. */
export const PAIRING_LINKS: Record<PairingStep, string> = {
  confirmation: 'Confirm it',
  award: 'Record its award',
  ending: 'End it',
};

const mode = (value?: string): StepField => ({
  ...{ kind: 'radios', name: 'mode', label: 'How is it taken up?', items: choicesOf(ADOPTION_MODES) },
  ...(value ? { value } : {}),
});
const changes = (value = ''): StepField => ({
  ...{
    kind: 'textarea',
    name: 'localChanges',
    label: 'What is changed locally',
    max: LIMITS.text,
    optional: true,
    value,
  },
});
const dayOf = (name: string, label: string): StepField => ({
  ...{ kind: 'day', name, label, hint: 'For example, 1 5 2018.' },
});

/** The page on which an adoption is recorded. @param ownTrust whether they act for a trust */
export const newAdoptionStep = (ownTrust: boolean): Step => ({
  title: 'Record an adoption',
  explains: [
    'It begins as considered. Everybody who is signed in can read it: who adopts what, what is changed locally, how long it takes, and what it costs.',
  ],
  fields: [
    ...(ownTrust
      ? []
      : [
          {
            ...{ kind: 'text', name: 'organisation', label: 'Who adopts it, by ODS code', max: 12 },
            hint: 'For example, RTV. You record it for those who have nobody here.',
          } as StepField,
        ]),
    mode(),
    changes(),
  ],
  button: 'Record it',
  notice: 'The adoption was recorded.',
});

/** What may be done with an adoption. */
export const ADOPTION_PAGES: Record<AdoptionPageStep, (adoption: ShownAdoption) => Step> = {
  beginning: () => ({
    title: 'Say that it was begun',
    explains: ['Its time is counted from this day.'],
    fields: [dayOf('startedOn', 'The day on which it was begun')],
    button: 'Save',
    notice: 'The adoption was begun.',
  }),
  'go-live': () => ({
    title: 'Say that it went live',
    explains: ['Its time is counted up to this day, and held against the exemplar’s own.'],
    fields: [dayOf('liveOn', 'The day on which it went live')],
    button: 'Save',
    notice: 'The adoption is live.',
  }),
  details: ({ mode: at, localChanges, costPence, costBasis }) => ({
    title: 'What was changed, and what it cost',
    explains: ['Cost is compared with the exemplar’s own where that is known.'],
    fields: [
      mode(at),
      changes(localChanges),
      { kind: 'pounds', name: 'costPence', label: 'What it cost', value: costPence, min: 1, optional: true },
      {
        ...{
          kind: 'text',
          name: 'costBasis',
          label: 'How that was worked out',
          max: LIMITS.line,
          value: costBasis,
        },
        ...{ optional: true, hint: 'Such as: invoices and staff time, net of VAT.' },
      },
    ],
    button: 'Save',
    notice: 'What you wrote was saved.',
  }),
  validation: () => ({
    title: 'Validate its time and cost',
    explains: [
      'They count from now on in what followers took and paid. What is written anew later is looked at anew.',
    ],
    fields: [{ kind: 'textarea', name: 'note', label: 'What was looked at', max: 2_000, optional: true }],
    button: 'Validate them',
    notice: 'Its time and cost were validated.',
  }),
  rejection: () => ({
    title: 'Send its time and cost back',
    explains: ['They do not count. Whoever adopts writes them anew.'],
    fields: [{ kind: 'textarea', name: 'reason', label: 'Why', max: 2_000 }],
    button: 'Send them back',
    warning: true,
    notice: 'Its time and cost were sent back.',
  }),
  abandonment: () => ({
    title: 'Say that it was given up',
    explains: [
      'Why it was given up helps others as much as what worked. It may be tried again as another adoption.',
    ],
    fields: [
      dayOf('abandonedOn', 'The day on which it was given up'),
      { kind: 'textarea', name: 'reason', label: 'Why it was given up', max: 2_000 },
    ],
    button: 'Save',
    warning: true,
    notice: 'The adoption was given up.',
  }),
};

const reason: StepField = { kind: 'textarea', name: 'reason', label: 'Why', max: 2_000 };

/** What may be done with a pairing. */
export const PAIRING_PAGES: Record<PairingStep, (pairing: ShownPairing) => Step> = {
  confirmation: () => ({
    title: 'Confirm this pairing',
    explains: [
      'The definition named it as proposed. From now on it stands as you decide, whatever a definition says.',
    ],
    fields: [reason],
    button: 'Confirm it',
    notice: 'The pairing was confirmed.',
  }),
  ending: () => ({
    title: 'End this pairing',
    explains: ['It cannot be taken back. What was adopted stays recorded.'],
    fields: [reason],
    button: 'End it',
    warning: true,
    notice: 'The pairing was ended.',
  }),
  award: ({ award, mostAwardPence }) => ({
    title: 'Record the award of this follower',
    explains: [
      'As a letter or list says. It is in no agreement and no ledger here, so that it is never counted with the exemplar’s.',
    ],
    fields: [
      {
        ...{ kind: 'pounds', name: 'awardPence', label: 'Award', min: 1, value: award?.awardPence ?? null },
        ...(mostAwardPence === null
          ? {}
          : { hint: `At most ${pounds(mostAwardPence)}, as the definition of the programme says.` }),
      },
      { kind: 'pounds', name: 'matchPence', label: 'Match', value: award?.matchPence ?? null },
      { kind: 'text', name: 'source', label: 'What says so', max: LIMITS.line, value: award?.source ?? '' },
    ],
    button: 'Record it',
    notice: 'The award was recorded.',
  }),
};
