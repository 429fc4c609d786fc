import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { type PersonView, people, person } from './person.queries.js';

/** People as administrators see them. */
@Injectable()
export class PeopleReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /** A page of people, the newest first. @throws Problem 400 where the cursor is not one */
  async list(actor: Actor, { limit, after }: PageRequest): Promise<Page<PersonView>> {
    const before = idIn(after);
    const rows = await this.scope.run(actor, (sql) => people(sql, this.now(), limit + 1, before));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<PersonView> {
    const found = await this.scope.run(actor, (sql) => person(sql, id, this.now()));
    if (!found) throw notFound('person');
    return found;
  }

  private now(): Date {
    const { past } = this.clock;
    return past ? new Date(past.at) : this.clock.now();
  }
}
