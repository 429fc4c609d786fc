import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, may } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import type { Parts } from '../targets/progress.rules.js';
import { answered } from './adoption.queries.js';
import { type HeldAnswer, held } from './adoption.reader.js';
import { adoptionIndex } from './adoption.rules.js';
import { isAsked, type Linkable, linkables, openSheets, type SheetRow } from './sheet.queries.js';
import { sheetWithWave } from './sheet-facts.js';
import { type QuestionView, waves } from './survey.queries.js';
import { submissionBlockers, type WaveState, waveBlockers, waveState } from './survey.rules.js';

/** What may be done with a sheet, as an address names it. */
export const SHEET_STEPS = ['answers', 'submission'] as const;
export type SheetStep = (typeof SHEET_STEPS)[number];

/** A trust's answers in a wave, with the questions, and what keeps a draft from being submitted. */
export type ShownSheet = Omit<SheetRow, 'wave' | 'programmeId' | 'trustId'> & {
  wave: { code: string; name: string; state: WaveState; closesOn: string };
  questions: QuestionView[];
  /** How many of the capabilities that it was asked about are live; null of a draft. */
  index: Parts | null;
  /** Of what stands: each answer against what was measured. */
  held: HeldAnswer[];
  /** Why a draft cannot be submitted yet. */
  blockers: Blocker[];
  next: SheetStep[];
};

/** A wave that is open, and how far the own trust's answers are. */
export interface WaitingWave {
  wave: { code: string; name: string; closesOn: string };
  /** The draft; null where nobody has begun. */
  draft: string | null;
}

/** More waves than anybody holds in a programme's life. */
const WAVES = 50;

/** Answer sheets as they are shown. */
@Injectable()
export class SheetsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 */
  one(actor: Actor, id: string): Promise<ShownSheet> {
    const today = this.clock.today();
    return this.scope.run(actor, async (sql) => {
      const found = await sheetWithWave(sql, id);
      if (!found) throw notFound('answer sheet');
      const { wave, sheet } = found;
      const { programmeId, trustId: _, ...row } = sheet;
      const filter = { trust: sheet.trust.odsCode, question: null, status: null };
      const stands = sheet.state === 'submitted';
      const rows = stands ? await answered(sql, wave.id, filter, wave.questions.length, null) : [];
      const missing =
        sheet.state === 'draft' ? submissionBlockers('draft', wave.questions, sheet.answers) : [];
      const closed = sheet.state === 'draft' ? waveBlockers(wave, today) : [];
      const changes = sheet.state === 'draft' && closed.length === 0 && may(actor, 'survey:answer');
      return {
        ...row,
        wave: {
          code: wave.code,
          name: wave.name,
          state: waveState(wave, today),
          closesOn: wave.closesOn as string,
        },
        questions: wave.questions,
        index: sheet.state === 'draft' ? null : adoptionIndex(sheet.answers),
        held: await held(sql, programmeId, wave, rows),
        blockers: [...closed, ...missing],
        next: changes ? [...SHEET_STEPS].slice(0, missing.length > 0 ? 1 : 2) : [],
      };
    });
  }

  /** What of the record may show the answers of a sheet. @throws Problem 404 */
  choices(actor: Actor, id: string): Promise<Linkable[]> {
    return this.scope.run(actor, async (sql) => {
      const found = await sheetWithWave(sql, id);
      if (!found) throw notFound('answer sheet');
      return linkables(sql, found.sheet.programmeId, found.sheet.trustId);
    });
  }

  /** The open waves of a programme in which the own trust has submitted nothing; none for whoever acts for no trust. @throws Problem 404 */
  waiting(actor: Actor, slug: string): Promise<WaitingWave[]> {
    const today = this.clock.today();
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { trustId } = actor;
      if (trustId === null || !(await isAsked(sql, id, trustId))) return [];
      const open = (await waves(sql, id, WAVES, null)).filter((each) => waveState(each, today) === 'open');
      const ids = open.map((each) => each.id);
      const sheets = await openSheets(sql, ids, [trustId]);
      return open.flatMap(({ code, name, closesOn }) => {
        const own = sheets.filter(({ wave }) => wave === code);
        if (own.some(({ state }) => state === 'submitted')) return [];
        return [{ wave: { code, name, closesOn: closesOn as string }, draft: own[0]?.id ?? null }];
      });
    });
  }
}
