import { Injectable } from '@nestjs/common';
import { coverageFacts } from '../assurance/coverage.queries.js';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/tx.js';
import { Mailer } from '../notifications/mailer.js';
import { Outbox } from '../queue/outbox.js';
import { assuranceLetter } from './assurance-letter.rules.js';
import {
  insertNotices,
  type LetterNotice,
  type NoticeRow,
  noticesThatStand,
  programmesUnderWay,
} from './assurance-notice.queries.js';
import { endingsOf } from './ending.rules.js';
import { type GoLiveRow, goLives } from './go-live.queries.js';
import { SOON_DAYS } from './go-live.rules.js';
import { type AssuranceLetterOrder, SEND_ASSURANCE_NOTICES } from './milestones.jobs.js';

/** How many go-lives are looked at at once. */
const AT_ONCE = 500;

/** Tells trusts of assurance that ends before it does. */
@Injectable()
export class AssuranceNoticeService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
  ) {}

  /** Writes down what no trust was told before, and a message for each address that is to have it, in the caller's unit of work. */
  async write(tx: Tx): Promise<{ notices: number; letters: number }> {
    const told = { notices: 0, letters: 0 };
    for (const { id, noticeDays } of await programmesUnderWay(tx, this.clock.today())) {
      const byOds = await this.ofProgramme(tx, id, noticeDays ?? [SOON_DAYS]);
      for (const [ods, { trustId, noticeIds }] of byOds) {
        told.notices += noticeIds.length;
        for (const to of this.config.mail.notices.get(ods) ?? []) {
          await this.outbox.add(tx, SEND_ASSURANCE_NOTICES, { noticeIds, to }, { trustId });
          told.letters += 1;
        }
      }
    }
    return told;
  }

  /** Sends a letter with those notices whose piece was not renewed since; none where all were. @throws Error where it cannot be sent */
  async send(tx: Tx, { noticeIds, to }: AssuranceLetterOrder): Promise<{ notices: number }> {
    const [first, ...rest] = await noticesThatStand(tx, noticeIds);
    if (!first) return { notices: 0 };
    const notices: [LetterNotice, ...LetterNotice[]] = [first, ...rest];
    await this.mailer.send(assuranceLetter(notices, { to, address: this.config.signIn.publicUrl }));
    return { notices: notices.length };
  }

  /** What is written down anew of a programme's go-lives, by the ODS code of the trust. */
  private async ofProgramme(tx: Tx, programmeId: string, noticeDays: readonly number[]) {
    const byOds = new Map<string, { trustId: string; noticeIds: string[] }>();
    let after: unknown[] | null = null;
    do {
      const rows: GoLiveRow[] = await goLives(tx, programmeId, {}, AT_ONCE, after);
      for (const { id, trustId, odsCode } of await insertNotices(
        tx,
        programmeId,
        await this.endings(tx, rows, noticeDays),
      )) {
        const of = byOds.get(odsCode) ?? { trustId, noticeIds: [] };
        byOds.set(odsCode, { trustId, noticeIds: [...of.noticeIds, id] });
      }
      const last = rows.length === AT_ONCE ? rows.at(-1) : undefined;
      after = last ? [last.forecastOn, last.id] : null;
    } while (after !== null);
    return byOds;
  }

  private async endings(
    tx: Tx,
    rows: readonly GoLiveRow[],
    noticeDays: readonly number[],
  ): Promise<NoticeRow[]> {
    const facts = await coverageFacts(tx, [...new Set(rows.map(({ project }) => project.id))]);
    const byProject = new Map(facts.map((each) => [each.project.id, each]));
    return rows.flatMap((row) => {
      const of = byProject.get(row.project.id);
      const endings = of ? endingsOf(row, of, noticeDays, this.clock.today()) : [];
      return endings.map((each) => ({ ...each, projectId: row.project.id, trustOds: row.trust.odsCode }));
    });
  }
}
