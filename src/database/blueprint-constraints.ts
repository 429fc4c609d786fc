/** What a broken constraint of blueprints and adoptions means to whoever broke it. */
export const BLUEPRINT_MEANINGS: Record<string, { code: string; message: string }> = {
  submitted_blueprint_is_fixed: {
    code: 'submitted-blueprint-is-fixed',
    message: 'A submitted version of a blueprint never changes. Begin a new version.',
  },
  blueprint_version_open: {
    code: 'version-under-way',
    message: 'A version of this blueprint is under way already. Go on with that one, or withdraw it first.',
  },
  blueprint_version_standing: {
    code: 'version-published',
    message: 'Another version of this blueprint is published already. It is superseded first.',
  },
  blueprint_reviewer_is_another: {
    code: 'reviewer-is-author',
    message: 'Whoever wrote or submitted a blueprint does not review it. Ask somebody else.',
  },
  blueprint_publisher_is_another: {
    code: 'publisher-is-author',
    message: 'Whoever wrote or submitted a blueprint does not publish it. Ask somebody else.',
  },
  blueprint_attachment_once: {
    code: 'attachment-already-there',
    message: 'This blueprint has this very file already.',
  },
  blueprint_contact_of_another: {
    code: 'own-blueprint',
    message: 'Only what others do with a blueprint is recorded.',
  },
  blueprint_contact_answered_by_another: {
    code: 'answerer-is-asker',
    message: 'Whoever asked does not answer.',
  },
  follower_award_within_terms: {
    code: 'beyond-most-award',
    message:
      'This is more than a follower of this programme may be awarded. Its definition says how much that is.',
  },
  adoption_once: {
    code: 'adopted-already',
    message: 'This organisation has an adoption of this blueprint under way already. Go on with that one.',
  },
  adoption_of_another: { code: 'own-blueprint', message: 'No organisation adopts its own blueprint.' },
  adoption_validator_is_another: {
    code: 'validator-is-recorder',
    message: 'Whoever recorded an adoption, its days or its cost does not decide on them. Ask somebody else.',
  },
  validated_figures_are_fixed: {
    code: 'validated-figures-are-fixed',
    message: 'Validated figures stay as they are. What is written anew is looked at anew.',
  },
  adopted_is_fixed: {
    code: 'adopted-is-fixed',
    message: 'What was given up stays so. Record another adoption to try again.',
  },
  asked_is_fixed: {
    code: 'asked-is-fixed',
    message: 'What was asked, answered or seen never changes. Ask again, or record another visit.',
  },
};
