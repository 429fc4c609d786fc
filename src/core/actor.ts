import { type Permission, type Role, roleMay } from './permissions.js';
import { forbidden } from './problems.js';

/** The claim of a POST to be carried out once: the caller's key, and a hash of what was sent with it. */
export interface IdempotencyClaim {
  key: string;
  fingerprint: string;
}

/** Who acts. Every unit of work names one, and the log keeps it. */
export interface Actor {
  /** The person's id, or `system:<what>` for the programme's own work. */
  id: string;
  name: string;
  role: Role | 'system';
  /** The trust that this actor acts for; null for those who act for the funder, and for the system. */
  trustId: string | null;
  /** The ODS code of that trust. */
  trustOds: string | null;
  /** The API key that it came with; undefined of a page's session. */
  keyId?: string;
  /** The request that this is part of, from the wire to the jobs that it caused. */
  requestId: string;
  /** True of whoever looks at a page of the past: nothing can be done there. */
  onlyLooks?: true;
  /** Present on a POST: the unit of work answers a repeated one with its first result. */
  idempotency?: IdempotencyClaim;
}

/** The system at work, for a job or a command. */
export function systemActor(what: string, requestId: string): Actor {
  return {
    id: `system:${what}`,
    name: `Exemplar (${what})`,
    role: 'system',
    trustId: null,
    trustOds: null,
    requestId,
  };
}

/** Whether an actor may do something; the system may do whatever its own code asks. */
export function may(actor: Actor, permission: Permission): boolean {
  if (actor.onlyLooks && !permission.endsWith(':read')) return false;
  return actor.role === 'system' || roleMay(actor.role, permission);
}

/** @throws Problem 403 where the actor may not */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return;
  if (actor.onlyLooks) throw forbidden('The past cannot be changed. Go back to now to do this.');
  throw forbidden(
    `This needs the permission ${permission}, which the role ${actor.role} does not have. Ask somebody whose role does.`,
  );
}
