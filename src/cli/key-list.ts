import { ReadScope } from '../database/read-scope.js';
import { type ApiKeyView, apiKeys } from '../identity/identity.queries.js';
import { withApplication } from './command-application.js';

const PAGE = 500;

/** `exemplar key list` */
export async function listKeys(): Promise<void> {
  const keys = await withApplication(async (app) => {
    const scope = app.get(ReadScope, { strict: false });
    const all: ApiKeyView[] = [];
    for (;;) {
      const before = all.at(-1)?.id ?? null;
      const page = await scope.run({ trustId: null }, (sql) => apiKeys(sql, PAGE, before));
      all.push(...page);
      if (page.length < PAGE) return all;
    }
  });
  const now = new Date();
  const rows = keys.map((key) => [
    key.id,
    stateOf(key, now),
    key.person.role,
    key.trust ?? '',
    key.person.name + (key.illustrative ? ' (illustrative)' : ''),
    key.label,
  ]);
  process.stdout.write(table([['id', 'holds', 'role', 'trust', 'name', 'label'], ...rows]));
}

function stateOf({ revokedAt, expiresAt }: ApiKeyView, now: Date): string {
  if (revokedAt !== null) return `revoked ${revokedAt.slice(0, 10)}`;
  return `${new Date(expiresAt) <= now ? 'expired' : 'until'} ${expiresAt.slice(0, 10)}`;
}

function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
