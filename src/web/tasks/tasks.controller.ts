import { Get, Inject } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { By, SignedIn } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { AssuranceTasks } from './assurance-tasks.js';
import { DeliveryTasks } from './delivery-tasks.js';
import { MoneyTasks } from './money-tasks.js';
import type { Task, TaskSource } from './task.js';
import { tasksPage } from './tasks.page.js';

/** What gathers the tasks of a programme, one kind after the other. */
export const TASK_SOURCES = Symbol('task sources');

/** More programmes than anybody works on. */
const PROGRAMMES = 50;

/** Project lead, question 1: what must I submit, by when? For others: what waits for them. */
@Pages('tasks')
export class TasksController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly delivery: DeliveryTasks,
    private readonly money: MoneyTasks,
    private readonly assurance: AssuranceTasks,
    @Inject(TASK_SOURCES) private readonly sources: readonly TaskSource[],
  ) {}

  @Get()
  @SignedIn()
  async show(@By() actor: Actor): Promise<Page> {
    return tasksPage(actor, await this.of(actor));
  }

  private async of(actor: Actor): Promise<Task[]> {
    if (!may(actor, 'progress-report:read')) return [];
    const tasks = [...(await this.money.ofClaims(actor)), ...(await this.assurance.toReview(actor))];
    const { items } = await this.programmes.list(actor, { limit: PROGRAMMES });
    for (const programme of items) {
      tasks.push(...(await this.delivery.of(actor, programme)));
      for (const source of this.sources) tasks.push(...(await source.of(actor, programme.slug)));
    }
    return tasks;
  }
}
