import { type Actor, may } from '../../core/actor.js';
import { day, plural } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { date, state, table, text } from '../page/table.js';
import { LISTED, TASK_GROUPS, type Task } from './task.js';

/** As many of one group as the page shows. */
const SHOWN = 50;

/** Where somebody goes for whom nothing ever waits. */
function elsewhere(actor: Actor): { text: string; links: Link[] } | null {
  if (actor.role === 'auditor')
    return {
      text: 'Nothing waits for you: no finding is to be followed up or closed.',
      links: [{ text: 'Go to the audit pages', href: '/audit' }],
    };
  if (actor.role === 'administrator')
    return {
      text: 'There is nothing to do for an administrator here: returns, claims and payments are the work of others.',
      links: may(actor, 'log:read') ? [{ text: 'Go to the audit pages', href: '/audit' }] : [],
    };
  return null;
}

const overdueOf = (tasks: readonly Task[]): number =>
  tasks.filter(({ status }) => status.words === 'Overdue').length;

/** What somebody must do, by when (domain.md section 11, project lead 1). */
export function tasksPage(actor: Actor, tasks: readonly Task[]): Page {
  const overdue = overdueOf(tasks);
  return {
    view: 'tasks/tasks.njk',
    title: 'Your tasks',
    tables: [
      table<Task>({
        id: 'tasks',
        caption: 'Your tasks',
        rows: tasks,
        columns: [
          text('Task', ({ title }) => title, { href: ({ href }) => href, note: ({ note }) => note }),
          text('Kind', ({ group }) => group),
          date('Due', ({ dueOn }) => dueOn),
          state('Status', ({ status }) => status),
        ],
        empty: 'Nothing waits for you.',
      }),
    ],
    model: {
      count: tasks.length,
      summary:
        tasks.length === 0
          ? null
          : `${tasks.length < LISTED ? '' : 'At least '}${plural(tasks.length, 'thing')} ${tasks.length === 1 ? 'waits' : 'wait'} for you${overdue > 0 ? `, of which ${overdue} ${overdue === 1 ? 'is' : 'are'} overdue` : ''}.`,
      elsewhere: elsewhere(actor),
      groups: TASK_GROUPS.map((group) => {
        const own = tasks.filter((task) => task.group === group);
        return {
          title: group,
          rest: own.length > SHOWN ? `Here are the first ${SHOWN} of them. The CSV has more.` : null,
          tasks: own.slice(0, SHOWN).map((task) => ({
            ...task,
            hint: [task.dueOn && `Due ${day(task.dueOn)}`, task.note].filter(Boolean).join('. '),
          })),
        };
      }).filter((group) => group.tasks.length > 0),
    },
  };
}
