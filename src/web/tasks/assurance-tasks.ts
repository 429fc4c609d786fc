import { Injectable } from '@nestjs/common';
import { AssuranceReader } from '../../assurance/assurance.reader.js';
import type { AssuranceItemView } from '../../assurance/assurance-item.queries.js';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { addDays, type DateOn } from '../../core/calendar.js';
import { SOON_DAYS } from '../../milestones/go-live.rules.js';
import { GoLivesReader, type GoLiveView } from '../../milestones/go-lives.reader.js';
import { kindName, subjectWords } from '../assurance/assurance.words.js';
import { plural } from '../page/format.js';
import { dueStatus, LISTED, type Task } from './task.js';

/** Evidence that waits to be accepted by an actor who had no hand in it. */
export function reviewTasks(actor: Actor, items: readonly AssuranceItemView[]): Task[] {
  return items
    .filter(({ preparedBy, submittedBy }) => preparedBy?.id !== actor.id && submittedBy?.id !== actor.id)
    .map((row) => ({
      group: 'Assurance',
      title: `Accept or reject ${row.reference}: ${kindName(row.kind)}`,
      note: subjectWords(row),
      href: `/assurance/${row.id}`,
      dueOn: null,
      status: { words: 'Submitted', colour: 'blue' },
    }));
}

/** Go-lives of a trust that lack something, or behind which something ends soon. */
export function goLiveTasks(slug: string, goLives: readonly GoLiveView[], today: DateOn): Task[] {
  return goLives
    .filter(({ missing, endingSoon }) => missing + endingSoon > 0)
    .map(({ name, project, state, missing, endingSoon, lookedAtOn }) => ({
      group: 'Assurance',
      title:
        missing > 0
          ? `Put ${plural(missing, 'piece')} of assurance in place for “${name}”`
          : `Renew ${plural(endingSoon, 'piece')} of assurance behind “${name}”`,
      note: `${project.name}${missing > 0 && endingSoon > 0 ? `; ${plural(endingSoon, 'piece')} of it ${endingSoon === 1 ? 'ends' : 'end'} soon` : ''}`,
      href: `/programmes/${slug}/assurance`,
      dueOn: state === 'met' ? null : lookedAtOn,
      status: dueStatus(
        state === 'met' ? null : lookedAtOn,
        today,
        missing > 0 ? 'Not in place' : 'Ends soon',
        'orange',
      ),
    }));
}

/** What waits for somebody of assurance: what go-lives of the next 90 days lack, and what is to be accepted. */
@Injectable()
export class AssuranceTasks {
  constructor(
    private readonly assurance: AssuranceReader,
    private readonly goLives: GoLivesReader,
    private readonly clock: Clock,
  ) {}

  /** Of all programmes, because evidence of products is of none. */
  async toReview(actor: Actor): Promise<Task[]> {
    if (!may(actor, 'assurance:review')) return [];
    const { items } = await this.assurance.list(actor, { states: ['submitted'] }, { limit: LISTED });
    return reviewTasks(actor, items);
  }

  async of(actor: Actor, slug: string): Promise<Task[]> {
    if (actor.trustId === null || !may(actor, 'assurance:prepare')) return [];
    const today = this.clock.today();
    const filter = { trust: actor.trustOds, until: addDays(today, SOON_DAYS) };
    const { items } = await this.goLives.list(actor, slug, filter, { limit: LISTED });
    return goLiveTasks(slug, items, today);
  }
}
