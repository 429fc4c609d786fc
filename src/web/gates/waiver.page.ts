import { type Actor, may } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import type { GateView } from '../../funding/gates/gate.service.js';
import type { GateWaiverView } from '../../funding/gates/gate-waiver.queries.js';
import type { WaiverGrant } from '../../funding/gates/gate-waiver.service.js';
import { doneBy } from '../agreements/agreement.page.js';
import type { ProgrammeRef } from '../agreements/agreement.words.js';
import type { Form } from '../page/form.js';
import { day } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Step, stepPage } from '../page/step.js';
import { date, type Table, table, text } from '../page/table.js';
import { codeWords, pageOf, trancheTrail, trancheWords, waivable, waiverTag } from './gate.page.js';

/** The page on which what keeps a gate shut now is waived. */
export function newWaiverPage(programme: ProgrammeRef, gate: GateView): Page {
  return {
    view: 'gates/new-waiver.njk',
    title: 'Waive what keeps a gate shut',
    caption: `${trancheWords(gate)}, ${gate.agreement.reference}, ${gate.trust.name}`,
    trail: trancheTrail(programme, gate.agreement, gate),
    model: {
      gate,
      items: [...waivable(gate.blockers)].map(([code, blockers]) => ({
        value: code,
        text: codeWords(code),
        hint: { text: blockers.map(({ message }) => message).join(' ') },
      })),
    },
  };
}

/** Reads a waiver from its form. @throws Problem 400 with everything that is wrong */
export function typedWaiver(form: Form): WaiverGrant {
  const codes = form.ticked('codes');
  if (codes.length === 0) form.fault('codes', 'not-chosen', 'Select what is waived.');
  const waiver = {
    codes: codes.slice(0, 20),
    reason: form.text('reason', { label: 'Reason', max: 2_000 }),
    authority: form.text('authority', { label: 'Authority', max: 500 }),
    expiresOn: form.day('expiresOn', { label: 'Last day', optional: true }),
  };
  form.check();
  return waiver;
}

function coversTable({ covers }: GateWaiverView): Table {
  return table<Blocker>({
    id: 'covers',
    caption: 'What it lets be',
    rows: covers,
    columns: [
      text('What kept the gate shut', ({ message }) => message),
      text('It is about', ({ about }) => about?.name ?? null, { href: ({ about }) => pageOf(about) }),
      date('It was due', ({ dueOn }) => dueOn ?? null),
    ],
    empty: 'It lets nothing be.',
  });
}

/** The page of a waiver: who granted it, why, of what, and whether it stands. */
export function waiverPage(programme: ProgrammeRef, waiver: GateWaiverView, actor: Actor): Page {
  const { id, tranche, agreement, withdrawnAt } = waiver;
  return {
    view: 'gates/waiver.njk',
    title: 'Waiver of a gate',
    caption: `${trancheWords(tranche)}, ${agreement.reference}`,
    trail: trancheTrail(programme, agreement, tranche),
    tables: [coversTable(waiver)],
    model: {
      waiver,
      tag: waiverTag(waiver),
      facts: [
        { label: 'Waives', value: waiver.codes.map(codeWords).join('; ') },
        { label: 'Reason', value: waiver.reason },
        { label: 'Authority', value: waiver.authority },
        { label: 'Granted by', value: doneBy(waiver.grantedBy, waiver.grantedAt) },
        { label: 'Last day', value: waiver.expiresOn ? day(waiver.expiresOn) : 'Until it is withdrawn' },
        ...(withdrawnAt
          ? [
              { label: 'Withdrawn by', value: doneBy(waiver.withdrawnBy, withdrawnAt) },
              { label: 'Why it was withdrawn', value: waiver.withdrawalReason ?? '' },
            ]
          : []),
      ],
      withdraw:
        may(actor, 'gate:waive') && withdrawnAt === null ? `/gate-waivers/${id}/steps/withdrawal` : null,
    },
  };
}

/** The steps of a waiver's life: it has one. */
export const WAIVER_STEPS: Record<'withdrawal', Step> = {
  withdrawal: {
    title: 'Withdraw the waiver',
    explains: [
      'What it let be keeps the gate shut again, unless it was put right in the meantime.',
      'What was let through under it stays so.',
    ],
    fields: [
      {
        kind: 'textarea',
        name: 'reason',
        label: 'Reason',
        hint: 'The log keeps it. No patient data.',
        max: 2_000,
      },
    ],
    button: 'Withdraw the waiver',
    warning: true,
    notice: 'The waiver was withdrawn.',
  },
};

/** The page on which a waiver is withdrawn. */
export function waiverStepPage(programme: ProgrammeRef, waiver: GateWaiverView, name: 'withdrawal'): Page {
  const { id, tranche, agreement } = waiver;
  return stepPage(WAIVER_STEPS[name], {
    action: `/gate-waivers/${id}/steps/${name}`,
    caption: `${trancheWords(tranche)}, ${agreement.reference}`,
    revision: waiver.revision,
    trail: trancheTrail(programme, agreement, tranche),
    facts: [
      { label: 'Waives', value: waiver.codes.map(codeWords).join('; ') },
      { label: 'Reason', value: waiver.reason },
      { label: 'Granted by', value: doneBy(waiver.grantedBy, waiver.grantedAt) },
    ],
    back: `/gate-waivers/${id}`,
  });
}
