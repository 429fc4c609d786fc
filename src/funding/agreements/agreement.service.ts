import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { Config } from '../../config/config.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { notFound, refuseIfBlocked, unprocessable } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { milestonesOfTrust } from '../../milestones/milestone.queries.js';
import { organisationId } from '../../organisations/organisation.queries.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { Award, AwardLine } from '../awards/award.entity.js';
import { type AwardForAgreement, awardForAgreement } from '../awards/award.queries.js';
import { termsOfAward } from '../awards/award-terms.rules.js';
import { Ledger } from '../ledger.js';
import { fundingLines } from '../ledger.queries.js';
import { awardedMovements } from '../ledger-lines.rules.js';
import { Agreement, AgreementVersion } from './agreement.entity.js';
import { type AgreementView, agreement } from './agreement.queries.js';
import { AGREEMENT, approvalBlockers, type Basis, basisBlockers } from './agreement.rules.js';
import { type DraftEdit, draftedTerms, draftFaults } from './agreement-draft.rules.js';
import { preparersOf, takeStep, versionOf } from './agreement-step.js';
import type { AgreementTerms } from './agreement-terms.js';
import { AgreementVersions } from './agreement-versions.js';

/** An agreement up to the day on which it is in force. */
@Injectable()
export class AgreementService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly ledger: Ledger,
    private readonly versions: AgreementVersions,
  ) {}

  /**
   * Begins the agreement of a trust's award: what the programme says of it, and what is said now.
   * @param draft.trust its ODS code
   * @throws Problem 403; 404 where there is no such programme; 409 where the award is agreed already; 422 where the
   * trust has no award, or a code is not the programme's
   */
  draft(
    actor: Actor,
    slug: string,
    draft: DraftEdit & { trust: string; reference: string },
  ): Promise<AgreementView> {
    return this.work.run({ actor, action: 'agreement.draft' }, async (tx) => {
      requirePermission(actor, 'agreement:prepare');
      const programme = await programmeId(tx, slug);
      if (!programme) throw notFound('programme');
      const award = await awardOf(tx, programme, draft.trust);
      const terms = termsFor(award, null, draft);
      const { id } = await tx.insert(Agreement, {
        programme_id: award.programmeId,
        trust_id: award.trustId,
        award_id: award.awardId,
        reference: draft.reference,
        state: AGREEMENT.initial,
        ...columnsOf(terms),
        illustrative: this.config.demonstration,
      });
      await tx.insert(AgreementVersion, {
        trust_id: award.trustId,
        agreement_id: id,
        number: 1,
        terms: terms as never,
        prepared_by: actor.id,
      });
      return (await agreement(tx, id)) as AgreementView;
    });
  }

  /**
   * Saves a draft; what is not given stays as it is, and the award is taken as it is now.
   * @throws Problem 403, 404, 409 where it is no draft, 412, 422 where a code is not the programme's, 428
   */
  save(
    actor: Actor,
    id: string,
    revision: number | null,
    { reference, ...edit }: DraftEdit & { reference?: string },
  ): Promise<AgreementView> {
    return this.work.run({ actor, action: 'agreement.save' }, async (tx) => {
      requirePermission(actor, 'agreement:prepare');
      const row = await tx.lockRevision(Agreement, id, revision, 'agreement');
      refuseIfBlocked('This agreement cannot be changed now.', AGREEMENT.blockers('save', row.state));
      const version = await versionOf(tx, row);
      const award = (await awardForAgreement(tx, row.programme_id, row.trust_id)) as AwardForAgreement;
      const terms = termsFor(award, version.terms, edit);
      const others = new Set([...version.edited_by, actor.id]);
      others.delete(version.prepared_by);
      await tx.manager.update(AgreementVersion, version.id, {
        terms: terms as never,
        edited_by: [...others],
      });
      await tx.change(Agreement, row, { ...columnsOf(terms), ...(reference ? { reference } : {}) });
      return (await agreement(tx, id)) as AgreementView;
    });
  }

  /** Sends a draft to due diligence: it holds as it stands. @throws Problem 403, 404, 409, 412, 428 */
  beginDueDiligence(actor: Actor, id: string, revision: number | null): Promise<AgreementView> {
    return takeStep(
      this.work,
      actor,
      { id, revision },
      {
        verb: 'begin-due-diligence',
        blockers: async (tx, { agreement: row, version }) =>
          basisBlockers(await basis(tx, row, version.terms)),
      },
    );
  }

  /** Takes it back to be changed. @throws Problem 403, 404, 409, 412, 428 */
  returnToDraft(actor: Actor, id: string, revision: number | null, reason: string): Promise<AgreementView> {
    return takeStep(this.work, actor, { id, revision }, { verb: 'return-to-draft', reason });
  }

  /**
   * Approves the version, which never changes from then on. By another person than whoever prepared it.
   * @throws Problem 403, 404, 409, 412, 428
   */
  approve(actor: Actor, id: string, revision: number | null, reason?: string): Promise<AgreementView> {
    return takeStep(
      this.work,
      actor,
      { id, revision },
      {
        verb: 'approve',
        reason,
        blockers: async (tx, { agreement: row, version }) =>
          approvalBlockers({
            ...(await basis(tx, row, version.terms)),
            approverId: actor.id,
            preparerIds: preparersOf(version),
          }),
        effect: async (tx, { version }) => {
          const approved = { approved_by: actor.id, approved_at: tx.at };
          await tx.manager.update(AgreementVersion, version.id, approved);
          return {};
        },
      },
    );
  }

  /** Offers it to the trust. @throws Problem 403, 404, 409, 412, 428 */
  offer(actor: Actor, id: string, revision: number | null): Promise<AgreementView> {
    return takeStep(this.work, actor, { id, revision }, { verb: 'offer' });
  }

  /** Signs it, as the trust's finance director. @throws Problem 403, 404 for another trust's, 409, 412, 428 */
  sign(actor: Actor, id: string, revision: number | null): Promise<AgreementView> {
    return takeStep(
      this.work,
      actor,
      { id, revision },
      {
        verb: 'sign',
        effect: async (tx, { version }) => {
          const signed = { signed_by: actor.id, signed_at: tx.at };
          await tx.manager.update(AgreementVersion, version.id, signed);
          return {};
        },
      },
    );
  }

  /**
   * Puts it in force from today: its grant is awarded and its match pledged, line by line.
   * @throws Problem 403, 404, 409, 412, 428
   */
  activate(actor: Actor, id: string, revision: number | null): Promise<AgreementView> {
    return takeStep(
      this.work,
      actor,
      { id, revision },
      {
        verb: 'activate',
        effect: async (tx, { agreement: row, version }) => {
          const today = this.clock.today();
          await tx.manager.update(AgreementVersion, version.id, { effective_on: today });
          await this.versions.layDown(tx, row, version.terms);
          await this.ledger.post(tx, row, {
            kind: 'award',
            datedOn: today,
            narrative: `${row.reference} in force: grant awarded, match pledged`,
            movements: awardedMovements(version.terms.lines, await fundingLines(tx, id)),
          });
          return { activated_on: today };
        },
      },
    );
  }

  /** Gives it up before it is in force. @throws Problem 403, 404, 409, 412, 428 */
  withdraw(actor: Actor, id: string, revision: number | null, reason: string): Promise<AgreementView> {
    return takeStep(this.work, actor, { id, revision }, { verb: 'withdraw', reason });
  }
}

async function awardOf(tx: Tx, programme: string, ods: string): Promise<AwardForAgreement> {
  const trust = await organisationId(tx, ods);
  const award = trust && (await awardForAgreement(tx, programme, trust));
  if (award) return award;
  const message = `${ods} has no award in this programme. Name whom the award is to, by ODS code.`;
  throw unprocessable('no-award', message, [{ code: 'no-award', message, pointer: '/trust' }]);
}

function termsFor(
  award: AwardForAgreement,
  standing: AgreementTerms | null,
  edit: DraftEdit,
): AgreementTerms {
  const said = termsOfAward(award);
  const faults = draftFaults(said, edit);
  if (faults.length > 0)
    throw unprocessable('unknown-code', 'The programme does not have what is chosen here.', faults);
  return draftedTerms(said, standing, edit);
}

/** What the ledger is held to. */
const columnsOf = ({ eligibility, matchRatio }: AgreementTerms) => ({
  window_starts_on: eligibility.startsOn,
  window_ends_on: eligibility.endsOn,
  match_pence: matchRatio.matchPence,
  per_grant_pence: matchRatio.perGrantPence,
});

/** What a draft rests on, the award locked: a definition that changes it waits, and is refused once this is agreed. */
async function basis(tx: Tx, row: Agreement, terms: AgreementTerms): Promise<Basis> {
  await tx.lock(Award, row.award_id, 'award');
  const lock = { mode: 'pessimistic_write' } as const;
  await tx.manager.find(AwardLine, { where: { award_id: row.award_id }, order: { id: 'asc' }, lock });
  const award = (await awardForAgreement(tx, row.programme_id, row.trust_id)) as AwardForAgreement;
  const milestones = await milestonesOfTrust(tx, row.programme_id, row.trust_id);
  return { terms, awarded: award.lines, milestones: milestones.map(({ code }) => code) };
}
