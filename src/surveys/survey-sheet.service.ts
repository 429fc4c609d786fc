import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Fault } from '../core/problems.js';
import { notFound, refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { programmeId } from '../programmes/programme.queries.js';
import { isAsked, lastSubmitted, lastVersion, linkable, type SheetRow } from './sheet.queries.js';
import { sheetWithWave } from './sheet-facts.js';
import { SurveyAnswer, SurveyBarrier, SurveySheet } from './survey.entity.js';
import { type WaveRow, wave } from './survey.queries.js';
import {
  type Answer,
  answerBlockers,
  LINK_KINDS,
  prefilled,
  SHEET,
  submissionBlockers,
  waveBlockers,
} from './survey.rules.js';

/** What a trust answers in a wave: begun with what it answered last, changed, and submitted as a whole. */
@Injectable()
export class SurveySheetService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Begins the own trust's sheet of a wave, prefilled with its last answers to the same versions of questions; where one
   * was submitted, its correction.
   * @returns its id
   * @throws Problem 403, 404; 409 where the wave is not open, the trust is not asked, or a draft is there already
   */
  begin(actor: Actor, slug: string, code: string): Promise<{ id: string }> {
    return this.work.run({ actor, action: 'survey-sheet.begin' }, async (tx) => {
      requirePermission(actor, 'survey:answer');
      const programme = await programmeId(tx, slug);
      const found = programme && (await wave(tx, programme, code));
      if (!programme || !found) throw notFound('wave');
      const trustId = actor.trustId as string;
      if (!(await isAsked(tx, programme, trustId))) throw notFound('wave');
      refuseIfBlocked('This wave takes no answers now.', waveBlockers(found, this.clock.today()));
      const last = await lastSubmitted(tx, found.id, trustId);
      const row = await tx.insert(SurveySheet, {
        ...{ programme_id: programme, trust_id: trustId, wave_id: found.id },
        version: (await lastVersion(tx, found.id, trustId)) + 1,
        state: SHEET.initial,
        prefilled_from: last?.waveId ?? null,
        answered_by: [actor.id],
        illustrative: this.config.demonstration,
      });
      await keep(tx, row, found, prefilled(found.questions, last?.answers ?? []));
      return { id: row.id };
    });
  }

  /** Writes all answers of a draft anew. @throws Problem 403, 404, 409, 412, 422, 428 */
  answer(
    actor: Actor,
    id: string,
    revision: number | null,
    answers: readonly Answer[],
  ): Promise<{ id: string }> {
    return this.work.run({ actor, action: 'survey-sheet.save' }, async (tx) => {
      const { row, wave: of } = await this.locked(tx, id, revision);
      requirePermission(actor, 'survey:answer');
      refuseIfBlocked('These answers cannot be changed now.', [
        ...SHEET.blockers('submit', row.state),
        ...waveBlockers(of, this.clock.today()),
      ]);
      const wrong = [...answerBlockers(of.questions, answers), ...(await strangeLinks(tx, row, answers))];
      if (wrong.length > 0)
        throw unprocessable('answers-wrong', 'These answers do not fit their questions.', wrong as Fault[]);
      await tx.manager.delete(SurveyAnswer, { sheet_id: id });
      await tx.manager.delete(SurveyBarrier, { sheet_id: id });
      await keep(tx, row, of, answers);
      await tx.change(SurveySheet, row, { answered_by: [...new Set([...row.answered_by, actor.id])] });
      return { id };
    });
  }

  /** Submits all answers at once, in place of what was submitted before. @throws Problem 403, 404, 409, 412, 428 */
  submit(actor: Actor, id: string, revision: number | null): Promise<{ id: string }> {
    return this.work.run({ actor, action: 'survey-sheet.submit' }, async (tx) => {
      const { row, wave: of, sheet } = await this.locked(tx, id, revision);
      requirePermission(actor, 'survey:answer');
      refuseIfBlocked('These answers cannot be submitted now.', [
        ...waveBlockers(of, this.clock.today()),
        ...submissionBlockers(row.state, of.questions, sheet.answers),
      ]);
      const standing = await tx.manager.findOneBy(SurveySheet, {
        wave_id: row.wave_id,
        trust_id: row.trust_id,
        state: 'submitted',
      });
      if (standing)
        await tx.change(SurveySheet, standing, { state: SHEET.next('supersede', standing.state) });
      await tx.change(SurveySheet, row, {
        state: SHEET.next('submit', row.state),
        submitted_by: actor.id,
        submitted_at: tx.at,
      });
      return { id };
    });
  }

  private async locked(
    tx: Tx,
    id: string,
    revision: number | null,
  ): Promise<{ row: SurveySheet; wave: WaveRow; sheet: SheetRow }> {
    const row = await tx.lockRevision(SurveySheet, id, revision, 'answer sheet');
    const found = await sheetWithWave(tx, id);
    if (!found) throw notFound('answer sheet');
    return { row, ...found };
  }
}

async function keep(tx: Tx, row: SurveySheet, of: WaveRow, answers: readonly Answer[]): Promise<void> {
  const common = ({ question }: Answer) => ({
    trust_id: row.trust_id,
    sheet_id: row.id,
    question_id: of.questions.find(({ ref }) => ref === question)?.id as string,
  });
  const linked = ({ link }: Answer, kind: string) => (link?.kind === kind ? link.id : null);
  await tx.insertAll(
    SurveyAnswer,
    answers.flatMap((answer) =>
      answer.status === null
        ? []
        : [
            {
              ...common(answer),
              status: answer.status,
              evidence: answer.evidence,
              product_id: linked(answer, 'product'),
              milestone_id: linked(answer, 'milestone'),
              measure_id: linked(answer, 'measure'),
            },
          ],
    ),
  );
  await tx.insertAll(
    SurveyBarrier,
    answers.flatMap((answer) =>
      answer.barriers.map((barrier, index) => ({ ...common(answer), barrier, rank: index + 1 })),
    ),
  );
}

/** A fault for each link that names nothing of the record that is the trust's or the programme's. */
async function strangeLinks(tx: Tx, row: SurveySheet, answers: readonly Answer[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const kind of LINK_KINDS) {
    const ids = answers.flatMap(({ link }) => (link?.kind === kind ? [link.id] : []));
    if (ids.length === 0) continue;
    const known = await linkable(tx, kind, ids, row.programme_id, row.trust_id);
    for (const [index, { link }] of answers.entries())
      if (link?.kind === kind && !known.has(link.id))
        faults.push({
          code: 'link-unknown',
          message: `There is no ${kind} of yours with this id. Name one of your own, or say in words what shows it.`,
          pointer: `/answers/${index}/link`,
        });
  }
  return faults;
}
