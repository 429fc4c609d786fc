import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { LogExport } from '../audit/log-export.js';
import { Clock, type Past } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { instantAsked } from '../core/as-at.js';
import { malformed } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { commandActor, withApplication } from './command-application.js';

/** `exemplar audit export` */
export async function exportLog({ out, asAt }: { out?: string; asAt?: string }): Promise<void> {
  await withApplication(async (app) => {
    const actor = commandActor();
    const log = app.get(LogExport, { strict: false });
    const past = asAt === undefined ? undefined : await momentOf(app, actor, asAt);
    const begin = () => log.begin(actor);
    const { held, pieces } = await (past ? app.get(Clock, { strict: false }).asAt(past, begin) : begin());
    try {
      if (out === undefined) await pipeline(pieces, process.stdout, { end: false });
      else await pipeline(pieces, createWriteStream(out));
    } finally {
      held.close();
    }
  });
}

/** @throws Problem 400 for what is no moment, 422 for an entry after which nothing stood */
function momentOf(app: INestApplicationContext, actor: Actor, asAt: string): Promise<Past> {
  if (/^\d{1,15}$/.test(asAt)) return app.get(LogExport, { strict: false }).momentAfter(actor, Number(asAt));
  const instant = instantAsked(asAt, app.get(Clock, { strict: false }).today());
  if (instant === undefined)
    throw malformed(
      'as-at-unreadable',
      '--as-at takes a moment, such as 2018-03-31T00:00:00Z, a day, such as 2018-03-31, or the number of an entry.',
    );
  return app.get(ReadScope, { strict: false }).pastAt(instant);
}
