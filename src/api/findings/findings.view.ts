import {
  FINDING_KINDS,
  FINDING_STATES,
  FOLLOW_UP_OUTCOMES,
  OWNER_ROLES,
  PRIORITIES,
  STANCES,
} from '../../findings/finding.rules.js';
import { FINDING_STEPS } from '../../findings/finding-steps.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class FindingResponseView {
  @Shows('Whether the owner agrees.', { enum: [...STANCES] }) stance: string;
  @Shows('What will be done, or why nothing will.') words: string;
  @ShowsOrNull('By when; null where it is not agreed.', String, DAY) plannedOn: string | null;
  @Shows('Who answered.') by: PersonView;
  @Shows('When.', INSTANT) at: string;
}

export class AuditFindingView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference, by which other things name it.', { example: 'FND-00003' }) reference: string;
  @Shows('A fault that was found, or something that was advised.', { enum: [...FINDING_KINDS] }) kind: string;
  @Shows('Where it is in its life.', { enum: [...FINDING_STATES] }) state: string;
  @Shows('How soon it matters.', { enum: [...PRIORITIES] }) priority: string;
  @Shows('The review or audit that it comes from.', { example: 'Gateway review 3, May 2018' }) review: string;
  @Shows('What was found, or is advised.', {
    example: 'The go-live board did not see the results of the failover test.',
  })
  statement: string;
  @Shows("Who is to act, in words; '' where role and organisation say it.", {
    example: 'Chief information officer, Mersey Care',
  })
  owner: string;
  @ShowsOrNull('The role that is to act; null where only words say who.', String, {
    enum: [...OWNER_ROLES],
    example: 'trust-lead',
  })
  ownerRole: string | null;
  @ShowsOrNull('Where that role is held.', TrustView) ownerOrganisation: TrustView | null;
  @ShowsOrNull('The trust that it is about; null where it is about the programme.', TrustView)
  trust: TrustView | null;
  @Shows('The day by which it is to be done.', { ...DAY, example: '2018-07-31' }) dueOn: string;
  @Shows('Whether its owner has something to do, and its day has passed.', { example: true })
  overdue: boolean;
  @Shows('Days since then; 0 where it is not overdue.', { ...WHOLE, example: 12 }) daysLate: number;
  @Shows('Who recorded it.') raisedBy: PersonView;
  @Shows('When.', INSTANT) raisedAt: string;
  @ShowsOrNull(
    'What its owner answered; null until then, and after it was opened again.',
    FindingResponseView,
  )
  response: FindingResponseView | null;
  @ShowsOrNull('Who closed it.', PersonView) closedBy: PersonView | null;
  @ShowsOrNull('When.', String, { format: 'date-time', example: '2018-07-03T10:12:00Z' })
  closedAt: string | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

class FindingStepView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What was done.', { enum: [...FINDING_STEPS] }) kind: string;
  @Shows('What is to be done, what was seen, what is concluded, or why the day was moved.') words: string;
  @ShowsOrNull('Of a response: whether the owner agrees.', String, { enum: [...STANCES] }) stance:
    | string
    | null;
  @ShowsOrNull('Of a response: by when.', String, DAY) plannedOn: string | null;
  @ShowsOrNull('Of a follow-up: what it showed.', String, { enum: [...FOLLOW_UP_OUTCOMES] })
  outcome: string | null;
  @ShowsOrNull('Of a follow-up: what shows that it is implemented.', String) evidence: string | null;
  @Shows('Whether it opened the finding again.') reopens: boolean;
  @ShowsOrNull('Of a day that was moved: the former one.', String, DAY) formerDueOn: string | null;
  @ShowsOrNull('Of a day that was moved: the new one.', String, DAY) dueOn: string | null;
  @Shows('Who.') by: PersonView;
  @Shows('When.', INSTANT) at: string;
}

export class AuditFindingStepsView extends AuditFindingView {
  @Shows('All that was said and done about it, oldest first.', { type: [FindingStepView] })
  steps: FindingStepView[];
  @Shows('The steps that you may take now.', { enum: [...FINDING_STEPS], isArray: true }) next: string[];
}

export class AuditFindingPageView {
  @Shows('The findings, the first due first.', { type: [AuditFindingView] }) items: AuditFindingView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
