import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import type { FindingView } from '../../findings/finding.queries.js';
import { FINDING_STATES } from '../../findings/finding.rules.js';
import { answersFor } from '../../findings/finding-steps.rules.js';
import { FindingsReader, findingStepsOf } from '../../findings/findings.reader.js';
import { day } from '../page/format.js';
import { dueStatus, LISTED, type Task } from './task.js';

const UNFINISHED = {
  states: FINDING_STATES.filter((state) => state !== 'closed'),
  kind: null,
  trust: null,
  overdue: null,
};

/** What an actor has to do with findings: answer them, do what was answered, look whether it was done, close them. */
export function findingTasks(actor: Actor, rows: readonly FindingView[], today: DateOn): Task[] {
  return rows.flatMap((row): Task[] => {
    const todo = todoOf(actor, row, today);
    if (todo === null) return [];
    return [
      {
        group: 'Findings',
        title: `${todo} ${row.reference}: ${row.statement}`,
        note: [row.trust && actor.trustId === null ? row.trust.name : null, `${row.priority} priority`]
          .filter(Boolean)
          .join(', '),
        href: `/findings/${row.id}`,
        dueOn: row.state === 'implemented' ? null : row.dueOn,
        status: dueStatus(
          row.state === 'implemented' ? null : row.dueOn,
          today,
          row.state === 'open' ? 'To answer' : row.state === 'responded' ? 'To be done' : 'To close',
          'blue',
        ),
      },
    ];
  });
}

function todoOf(actor: Actor, row: FindingView, today: DateOn): string | null {
  const steps = findingStepsOf(actor, row);
  if (steps.includes('response')) return 'Answer';
  const { state, response, ownerRole } = row;
  const plannedOn = response?.plannedOn ?? null;
  if (state === 'responded' && plannedOn !== null) {
    if (steps.includes('follow-up') && plannedOn < today) return 'Follow up';
    return answersFor(actor.role, ownerRole) ? `Do by ${day(plannedOn)} what was agreed about` : null;
  }
  return steps.includes('closure') ? 'Close' : null;
}

/** What waits for somebody of a programme's findings. */
@Injectable()
export class FindingTasks {
  constructor(
    private readonly findings: FindingsReader,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor, slug: string): Promise<Task[]> {
    if (!may(actor, 'finding:answer') && !may(actor, 'finding:record')) return [];
    const { items } = await this.findings.list(actor, slug, UNFINISHED, { limit: LISTED });
    return findingTasks(actor, items, this.clock.today());
  }
}
