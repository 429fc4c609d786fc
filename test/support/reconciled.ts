import { systemActor } from '../../src/core/actor.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ReconciliationService } from '../../src/funding/reconciliation.service.js';
import type { TestApp } from './app.js';

/** Checks the ledger of every programme now, and says in words all that differs: nothing, where it reconciles. */
export async function ledgerFaults(app: TestApp): Promise<string[]> {
  const order = { actor: systemActor('test', 'test'), action: 'test.check' };
  const service = app.app.get(ReconciliationService, { strict: false });
  for (const { id } of await app.database.sql<{ id: string }>('select id from programme'))
    await app.app.get(UnitOfWork, { strict: false }).run(order, (tx) => service.check(tx, id));
  const rows = await app.database.sql<{ words: string }>(
    `select kind || ': ' || subject || ': ' || expected_pence || ' expected, ' || found_pence || ' found' as words
     from ledger_difference where cleared_at is null order by 1`,
  );
  return rows.map(({ words }) => words);
}
