import { FINDING_KINDS, FINDING_STATES } from '../../findings/finding.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';

export class AuditFindingView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference, by which other things name it.', { example: 'FND-00003' }) reference: string;
  @Shows('A fault that was found, or something that was advised.', { enum: [...FINDING_KINDS] }) kind: string;
  @Shows('Whether it still waits for an answer.', { enum: [...FINDING_STATES] }) state: string;
  @Shows('The review or audit that it comes from.', { example: 'Gateway review 3, May 2018' }) review: string;
  @Shows('What was found, or is advised.', {
    example: 'The go-live board did not see the results of the failover test.',
  })
  statement: string;
  @Shows('Who is to answer it.', { example: 'Chief information officer, Mersey Care' }) owner: string;
  @ShowsOrNull('The trust that it is about; null where it is about the programme.', TrustView)
  trust: TrustView | null;
  @Shows('The day by which it is to be answered.', { ...DAY, example: '2018-07-31' }) dueOn: string;
  @Shows('Whether it is open and its day has passed.', { example: true }) overdue: boolean;
  @Shows('Days since then; 0 where it is not overdue.', { ...WHOLE, example: 12 }) daysLate: number;
  @Shows('Who recorded it.') raisedBy: PersonView;
  @Shows('When.', INSTANT) raisedAt: string;
  @ShowsOrNull('What was done about it.', String, {
    example: 'The test was run again on 2 July 2018, and the board has seen its results.',
  })
  response: string | null;
  @ShowsOrNull('Who closed it.', PersonView) closedBy: PersonView | null;
  @ShowsOrNull('When.', String, { format: 'date-time', example: '2018-07-03T10:12:00Z' })
  closedAt: string | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class AuditFindingPageView {
  @Shows('The findings, the first due first.', { type: [AuditFindingView] }) items: AuditFindingView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
