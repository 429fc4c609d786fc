import type { AgreementView } from '../../funding/agreements/agreement.queries.js';
import type { NewClaim } from '../../funding/claims/claim.service.js';
import type { Form } from '../page/form.js';
import { pounds } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Step, stepAnswers, stepPage } from '../page/step.js';

/** Longest description of a claim, in characters. */
export const MAX_CLAIM_TEXT = 2_000;

type Begun = Pick<AgreementView, 'id' | 'programme' | 'trust' | 'reference' | 'tranches'>;

/** Beginning a claim: what a tranche is paid for says whether it is claimed as costs or as an advance. */
function stepOf({ tranches }: Begun, tranche: unknown): Step {
  return {
    title: 'Start a claim',
    explains: [
      'A claim draws on one tranche. From a tranche that is paid on delivery you claim costs that arose, each with its evidence; from one that is paid in advance you claim an advance on costs to come.',
      'Nothing is claimed yet: you say what is claimed next, your finance director certifies it, and then it is submitted.',
    ],
    fields: [
      {
        kind: 'radios',
        name: 'trancheNumber',
        label: 'Tranche',
        items: tranches.map(({ number, name, basis, remainingPence }) => ({
          value: String(number),
          text: `Tranche ${number}, ${name}: claim ${basis === 'advance' ? 'an advance' : 'costs'}`,
          hint: `${pounds(remainingPence)} is left of it`,
        })),
        value:
          typeof tranche === 'string' ? tranche : tranches.length === 1 ? String(tranches[0]?.number) : null,
      },
      {
        kind: 'textarea',
        name: 'description',
        label: 'What it is for',
        hint: 'In a sentence, such as “Costs of the shared record, January to March”. Do not name patients.',
        max: MAX_CLAIM_TEXT,
      },
    ],
    button: 'Start the claim',
    notice: '',
  };
}

/** The page on which a claim is begun. */
export function newClaimPage(agreement: Begun, tranche: unknown): Page {
  const back = `/programmes/${agreement.programme}/trusts/${agreement.trust.odsCode}/claimable`;
  return stepPage(stepOf(agreement, tranche), {
    action: `/agreements/${agreement.id}/claims/new`,
    caption: `${agreement.trust.name}, ${agreement.reference}`,
    revision: null,
    trail: [
      { text: 'Claims', href: '/claims' },
      { text: 'How much can be claimed now', href: back },
    ],
    back,
  });
}

/** What was typed there. @throws Problem 400 */
export function newClaimIn(form: Form, agreement: Begun): NewClaim {
  const { trancheNumber, description } = stepAnswers(stepOf(agreement, null), form);
  const tranche = agreement.tranches.find(({ number }) => number === Number(trancheNumber));
  return {
    trancheNumber: Number(trancheNumber),
    kind: tranche?.basis === 'advance' ? 'advance' : 'costs',
    description: String(description),
  };
}
