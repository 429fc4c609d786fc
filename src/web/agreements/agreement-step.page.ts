import type { ShownAgreement } from '../../funding/agreements/agreements.reader.js';
import { pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { stepPage } from '../page/step.js';
import { agreementTrail, type ProgrammeRef } from './agreement.words.js';
import { AGREEMENT_STEPS, type AgreementStepName } from './agreement-steps.js';

const named = (people: ReadonlyArray<{ name: string } | null>): string =>
  people.flatMap((person) => person?.name ?? []).join(', ') || 'Nobody that you may see';

/** The page of a step of an agreement's life, with what whoever takes it should have before them. */
export function agreementStepPage(
  programme: ProgrammeRef,
  agreement: ShownAgreement,
  name: AgreementStepName,
): Page {
  const { id, reference, trust, state, version, current, revision } = agreement;
  return stepPage(AGREEMENT_STEPS[name], {
    action: `/agreements/${id}/steps/${name}`,
    caption: `${reference}, ${trust.name}`,
    revision,
    trail: agreementTrail(programme, agreement),
    facts: [
      { label: 'State', value: words(state) },
      { label: 'Version', value: String(version) },
      { label: 'Grant agreed', value: pounds(agreement.agreedGrantPence) },
      { label: 'Match agreed', value: pounds(agreement.agreedMatchPence) },
      { label: 'Prepared by', value: named([current.preparedBy, ...current.editedBy]) },
      ...(current.approvedBy ? [{ label: 'Approved by', value: named([current.approvedBy]) }] : []),
      ...(current.signedBy ? [{ label: 'Signed by', value: named([current.signedBy]) }] : []),
    ],
    back: `/agreements/${id}`,
  });
}
