import type { LogEntryView, WholeLogEntry } from './log.queries.js';

/** Columns that nobody is shown: they prove who somebody is. The log holds them, in its own bytes. */
const MASKED: Readonly<Record<string, readonly string[]>> = {
  api_key: ['hash'],
};

/** What stands in place of what is masked. */
export const MASK = '[masked]';

/** The columns of a table that are masked. */
export function maskedColumns(table: string): readonly string[] {
  return MASKED[table] ?? [];
}

function maskedImage<Image extends object | null>(table: string, image: Image): Image {
  const columns = maskedColumns(table);
  if (image === null || columns.length === 0) return image;
  return Object.fromEntries(
    Object.entries(image).map(([name, value]) => [
      name,
      columns.includes(name) && value !== null ? MASK : value,
    ]),
  ) as Image;
}

/** An entry without what nobody is shown. */
export function masked<Entry extends LogEntryView>(entry: Entry): Entry {
  return { ...entry, old: maskedImage(entry.table, entry.old), new: maskedImage(entry.table, entry.new) };
}

/** An entry with its text, both without what nobody is shown. The text that is hashed is then another one. */
export function maskedWhole(entry: WholeLogEntry): WholeLogEntry {
  const secrets = [entry.old, entry.new].flatMap((image) =>
    maskedColumns(entry.table).flatMap((column) => (image as Record<string, unknown> | null)?.[column] ?? []),
  );
  const leaf = secrets.reduce<string>(
    (text, secret) => text.replaceAll(JSON.stringify(secret), JSON.stringify(MASK)),
    entry.leaf,
  );
  return { ...masked(entry), leaf };
}
