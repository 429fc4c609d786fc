import {
  FINDING_KINDS,
  FINDING_STATES,
  type FindingKind,
  type FindingState,
  FOLLOW_UP_OUTCOMES,
  type FollowUpOutcome,
  OWNER_ROLES,
  type OwnerRole,
  PRIORITIES,
  type Priority,
  STANCES,
  type Stance,
} from '../../findings/finding.rules.js';
import { ChoiceField, CodeField, DayField, TextField } from '../fields.js';
import { PageQuery } from '../paging.js';

export class FindingsQuery extends PageQuery {
  @ChoiceField({ is: 'Only those in this state.', of: FINDING_STATES, optional: true }) state?: FindingState;
  @ChoiceField({ is: 'Only those of this kind.', of: FINDING_KINDS, optional: true }) kind?: FindingKind;
  @ChoiceField({ is: 'Only those of this priority.', of: PRIORITIES, optional: true }) priority?: Priority;
  @ChoiceField({ is: 'Only those that this role is to act on.', of: OWNER_ROLES, optional: true })
  ownerRole?: OwnerRole;
  @CodeField({ is: 'Only those about this trust, by ODS code.', example: 'RW4', optional: true })
  trust?: string;
  @ChoiceField({ is: 'Only those that are late, or are not.', of: ['true', 'false'], optional: true })
  overdue?: string;
}

export class RecordFindingDto {
  @ChoiceField({ is: 'A fault that was found, or something that is advised.', of: FINDING_KINDS })
  kind: FindingKind;
  @TextField({
    is: 'The review or audit that it comes from.',
    max: 300,
    example: 'Gateway review 3, May 2018',
  })
  review: string;
  @TextField({
    is: 'What was found, or is advised. No patient data.',
    max: 4_000,
    example: 'The go-live board did not see the results of the failover test.',
  })
  statement: string;
  @ChoiceField({ is: 'How soon it matters.', of: PRIORITIES, optional: true, example: 'high' })
  priority: Priority = 'medium';
  @ChoiceField({
    is: 'The role that is to act: one of a trust acts at the trust that it is about, the others at the funder.',
    of: OWNER_ROLES,
    example: 'trust-lead',
  })
  ownerRole: OwnerRole;
  @TextField({
    is: 'Who that is, where the role does not say enough.',
    max: 300,
    min: 0,
    optional: true,
    example: 'Chief information officer, Mersey Care',
  })
  owner: string = '';
  @CodeField({
    is: 'The trust that it is about, by ODS code; none where it is about the programme.',
    example: 'RW4',
    nullable: true,
  })
  trust: string | null = null;
  @DayField({ is: 'The day by which it is to be done.', example: '2018-07-31' }) dueOn: string;
}

export class FindingResponseDto {
  @ChoiceField({ is: 'Whether the owner agrees.', of: STANCES, example: 'agreed' }) stance: Stance;
  @TextField({
    is: 'What will be done, or why nothing will.',
    max: 4_000,
    example: 'The test will be run again, and the board will see its results.',
  })
  response: string;
  @DayField({
    is: 'By when it will be done; none only where it is not agreed.',
    example: '2018-07-15',
    nullable: true,
  })
  plannedOn: string | null = null;
}

export class FindingFollowUpDto {
  @ChoiceField({ is: 'What a look at it showed.', of: FOLLOW_UP_OUTCOMES, example: 'implemented' })
  outcome: FollowUpOutcome;
  @TextField({ is: 'What was looked at, and what was seen.', max: 4_000, example: 'Minutes of the board.' })
  found: string;
  @TextField({
    is: 'What shows that it is implemented; needed where it is.',
    max: 4_000,
    nullable: true,
    example: 'Minute 4 of 2 July 2018: the results were tabled.',
  })
  evidence: string | null = null;
}

export class FindingClosureDto {
  @TextField({
    is: 'What is concluded.',
    max: 4_000,
    example: 'The board has seen the results, and nothing is left to do.',
  })
  conclusion: string;
}

export class FindingDueDateDto {
  @DayField({ is: 'The new day by which it is to be done.', example: '2018-09-30' }) dueOn: string;
  @TextField({ is: 'Why it is moved.', max: 2_000, example: 'The supplier delivers in August.' })
  reason: string;
}
