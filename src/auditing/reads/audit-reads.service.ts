import { Injectable } from '@nestjs/common';
import type { Past } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditRead } from './audit-read.entity.js';
import { auditedPath, subjectOf } from './audit-read.rules.js';

/** A request that looks at something, and what it is answered with. */
export interface Looked {
  method: string;
  /** Path and query, as they were sent. */
  url: string;
  /** The pattern of the route; null where there is none. */
  route: string | null;
  params: Readonly<Record<string, unknown>>;
  /** The moment that is read as at. */
  past: Past | undefined;
  status: number;
}

/** Whose reading is recorded. */
export function isWatched({ role }: Pick<Actor, 'role'>): boolean {
  return role === 'auditor';
}

/** That auditors look at things is recorded, like any change (decision 14). */
@Injectable()
export class AuditReadsService {
  constructor(private readonly work: UnitOfWork) {}

  /** Records that somebody looks at something. @throws Problem 503 where the database is away */
  async record(actor: Actor, { method, url, route, params, past, status }: Looked): Promise<void> {
    const subject = subjectOf(route, params);
    await this.work.run({ actor, action: 'audit.read' }, async (tx) => {
      await tx.insertAll(AuditRead, [
        {
          person_id: actor.id,
          method,
          path: auditedPath(url),
          route,
          as_at: past?.at ?? null,
          as_at_number: past?.number ?? null,
          status,
          subject_table: subject?.table ?? null,
          subject_id: subject?.id ?? null,
          request_id: actor.requestId,
        },
      ]);
    });
  }
}
