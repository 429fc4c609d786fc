import { BLUEPRINT_MEANINGS } from './blueprint-constraints.js';
import { MONEY_MEANINGS } from './money-constraints.js';
import { SURVEY_MEANINGS } from './survey-constraints.js';

/**
 * What a broken constraint means to whoever broke it: status, code and words. A constraint that is not here is a
 * rule that a service should have checked first; it still answers a clear conflict.
 */
export const MEANINGS: Record<string, { code: string; message: string }> = {
  organisation_ods_code_unique: {
    code: 'ods-code-taken',
    message: 'There is already an organisation with this ODS code.',
  },
  succession_not_of_itself: {
    code: 'succession-of-itself',
    message: 'An organisation cannot take itself over.',
  },
  erased_person_stays_erased: {
    code: 'erased-before',
    message: 'This person was erased. Whoever comes back signs in again, and is somebody new.',
  },
  nobody_follows_itself: { code: 'follows-itself', message: 'No organisation follows itself.' },
  ...BLUEPRINT_MEANINGS,
  ...MONEY_MEANINGS,
  ...SURVEY_MEANINGS,
  scenario_title_once: {
    code: 'scenario-title-taken',
    message: 'This programme has a scenario of this name already, withdrawn or not. Choose another name.',
  },
  computed_scenario_is_fixed: {
    code: 'computed-scenario-is-fixed',
    message: 'A scenario never changes. Make another, or withdraw it.',
  },
  benefit_code_unique: {
    code: 'benefit-code-taken',
    message: 'This project already has a benefit with this code. Choose another.',
  },
  benefit_agreer_is_not_recorder: {
    code: 'agreer-is-recorder',
    message: 'Whoever recorded a benefit cannot agree it. Ask somebody else.',
  },
  benefit_counted_once: {
    code: 'not-counted-once',
    message:
      'A benefit is counted in one that counts itself, in the same programme and unit: each gain counts once. Name the one that counts.',
  },
  agreed_benefit_is_fixed: {
    code: 'agreed-benefit-is-fixed',
    message:
      'What was agreed of a benefit never changes, but its plan by an approved change request. Ask for one; or have it withdrawn, and record another.',
  },
  reported_benefit_is_fixed: {
    code: 'reported-benefit-is-fixed',
    message: 'What was reported of a benefit never changes. Report the year anew.',
  },
  benefit_validator_is_not_preparer: {
    code: 'validator-is-preparer',
    message: 'Whoever reported a benefit or added its evidence cannot decide on it. Ask somebody else.',
  },
  benefit_evidence_once: {
    code: 'evidence-already-there',
    message: 'This report of a benefit already has this very file as evidence.',
  },
  baseline_is_fixed: {
    code: 'baseline-is-fixed',
    message: 'A baseline never changes. Send a forecast with a reason, or ask for a change request.',
  },
  evidence_once: {
    code: 'evidence-already-there',
    message: 'This milestone already has this very file as evidence.',
  },
  product_once: {
    code: 'product-exists',
    message: 'There is a product of this name and supplier already. Use that one, and add a version to it.',
  },
  product_version_once: {
    code: 'version-exists',
    message: 'This product has a version of this name already.',
  },
  deployment_once: {
    code: 'deployment-exists',
    message: 'This project uses this version already. End that use first, where it is to begin anew.',
  },
  assurance_document_once: {
    code: 'document-already-there',
    message: 'This very file is there already.',
  },
  assurance_decider_is_neither: {
    code: 'decider-is-writer',
    message: 'Whoever wrote or submitted a piece of assurance cannot decide on it. Ask somebody else.',
  },
  submitted_assurance_is_fixed: {
    code: 'submitted-assurance-is-fixed',
    message:
      'What was submitted never changes, and what was rejected or withdrawn stays so. Record a new one.',
  },
  validator_is_not_reporter: {
    code: 'validator-is-reporter',
    message: 'Whoever reported a measurement cannot validate it. Ask somebody else.',
  },
  measurement_parts: {
    code: 'measurement-parts',
    message: 'A denominator must be above zero, and a numerator zero or more.',
  },
  measurement_standing: {
    code: 'measurement-stands',
    message: 'There is already a standing measurement for this measure and period.',
  },
  reported_value_is_fixed: {
    code: 'reported-value-is-fixed',
    message: 'A reported value never changes. Correct the return, and a new measurement takes its place.',
  },
  validated_value_is_fixed: {
    code: 'validated-value-is-fixed',
    message:
      'What was validated or rejected stays so. Correct the return, and a new measurement takes its place.',
  },
  sent_return_is_fixed: {
    code: 'sent-return-is-fixed',
    message:
      'A return that was sent never changes but by its steps: it is queried, accepted, locked or corrected.',
  },
  submitted_version_is_fixed: {
    code: 'submitted-version-is-fixed',
    message: 'A submitted return never changes. Start a correction: it becomes a new version.',
  },
  certifier_is_not_preparer: {
    code: 'certifier-is-preparer',
    message: 'Whoever prepared a return cannot certify it. Ask another person.',
  },
  approver_is_neither: {
    code: 'approver-is-preparer-or-certifier',
    message: 'Whoever prepared or certified a return cannot accept it. Ask another person.',
  },
  progress_report_once: {
    code: 'return-exists',
    message: 'There is already a return for this trust and period.',
  },
  change_decider_is_not_requester: {
    code: 'decider-is-requester',
    message: 'Whoever wrote or asked for a change cannot decide on it. Ask another person.',
  },
  decided_change_is_fixed: {
    code: 'decided-change-is-fixed',
    message: 'What was asked for never changes once it is decided on. Ask for another change.',
  },
  year_end_once: {
    code: 'year-closed',
    message: 'This financial year is closed already, and a year is closed once.',
  },
  ledger_is_insert_only: {
    code: 'ledger-is-insert-only',
    message: 'The ledger is never edited: a journal is corrected by its reversal.',
  },
  agreement_standing: {
    code: 'award-agreed-already',
    message: 'There is an agreement of this award already. Go on with that one, or have it withdrawn first.',
  },
  agreement_reference: {
    code: 'agreement-reference-taken',
    message: 'There is already an agreement with this reference in this programme. Choose another.',
  },
  agreement_novated_once: {
    code: 'novated-already',
    message: 'This agreement was novated before; what came of it can be novated again, and this one cannot.',
  },
  agreement_approver_is_not_preparer: {
    code: 'approver-is-preparer',
    message: 'Whoever prepared a version of an agreement cannot approve it. Ask another person.',
  },
  approved_version_is_fixed: {
    code: 'approved-version-is-fixed',
    message: 'An approved version of an agreement never changes. Ask for a change: it becomes a new version.',
  },
};
