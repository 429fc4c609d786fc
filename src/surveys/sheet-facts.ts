import type { Sql } from '../database/sql.js';
import { type SheetRow, sheet } from './sheet.queries.js';
import { type WaveRow, wave } from './survey.queries.js';

/** A sheet with the wave that it is of; undefined where there is none that the reader may see. */
export async function sheetWithWave(
  sql: Sql,
  id: string,
): Promise<{ sheet: SheetRow; wave: WaveRow } | undefined> {
  const row = await sheet(sql, id);
  const of = row && (await wave(sql, row.programmeId, row.wave));
  return row && of ? { sheet: row, wave: of } : undefined;
}
