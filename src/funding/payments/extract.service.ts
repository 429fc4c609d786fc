import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { Config } from '../../config/config.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { type Fault, notFound, refuseIfBlocked } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { cleanFileName, nameFaults } from '../../storage/evidence.rules.js';
import { onceWith, type UploadStream, withReceivedFile } from '../../storage/received-file.js';
import { Agreement } from '../agreements/agreement.entity.js';
import { Claim } from '../claims/claim.entity.js';
import { CLAIM } from '../claims/claim.rules.js';
import {
  type ExtractCandidate,
  extractCandidates,
  extractWithBytes,
  programmeOfExtract,
} from './extract.queries.js';
import {
  compareExtract,
  daysOf,
  EXTRACT_ORIGINS,
  type ExtractFinding,
  type ExtractLine,
  type ExtractOrigin,
  MAX_EXTRACT_BYTES,
  referencesIn,
} from './extract.rules.js';
import { readExtract, refusedExtract } from './extract-file.js';
import { Extract, ExtractItem, Payment } from './payment.entity.js';
import { bankKey, PAYMENT } from './payment.rules.js';

/** A file that somebody sends as an extract. */
export interface ExtractUpload {
  /** Read to its end at most once; the caller disposes of what is left of it. */
  file: UploadStream;
  /** As it was sent; kept cleaned. */
  fileName: string;
  /** `bank` or `ledger`. */
  origin: string;
}

/** An extract that was read and is not kept yet. */
interface ReadUpload {
  programmeId: string;
  origin: ExtractOrigin;
  fileName: string;
  sha256: string;
  lines: ExtractLine[];
}

/** Rows in one statement: a statement takes 65,535 values at most. */
const ROWS_AT_ONCE = 1_000;

/** Extracts of a bank or a finance ledger, held against what Exemplar says was paid. */
@Injectable()
export class ExtractService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Holds an extract against the payments of a programme, keeps what became of each line, and lets the payments that
   * it matches be reconciled. It is taken whole or not at all.
   * @returns its id
   * @throws Problem 403, 404; 409 where this very file was uploaded before; 413; 422 with every bad line
   */
  async add(actor: Actor, slug: string, upload: ExtractUpload): Promise<string> {
    requirePermission(actor, 'payment:make');
    const programme = await this.scope.run(actor, (sql) => programmeOfExtract(sql, slug));
    if (!programme) throw notFound('programme');
    const fileName = cleanFileName(upload.fileName);
    const faults = labelFaults(fileName, upload.origin);
    if (faults.length > 0) throw refusedExtract(faults);
    const origin = upload.origin as ExtractOrigin;
    return withReceivedFile(upload.file, MAX_EXTRACT_BYTES, async (file) => {
      const days = { programmeStartsOn: programme.startsOn, today: this.clock.today() };
      const lines = readExtract(await readFile(file.path), days);
      const read = { programmeId: programme.id, origin, fileName, sha256: file.sha256, lines };
      return this.keep(onceWith(actor, slug, file.sha256, upload.fileName, upload.origin), read);
    });
  }

  private keep(actor: Actor, read: ReadUpload): Promise<string> {
    return this.work.run({ actor, action: 'extract.upload' }, async (tx) => {
      requirePermission(actor, 'payment:make');
      const { programmeId, origin, lines, sha256 } = read;
      const { fromOn, toOn } = daysOf(lines) as { fromOn: string; toOn: string };
      const before = await extractWithBytes(tx, programmeId, sha256);
      refuseIfBlocked(
        'This extract cannot be taken.',
        before
          ? [
              {
                code: 'extract-already-there',
                message: `This very file was uploaded before, as ${before.fileName}. Look at what became of it there.`,
                about: { kind: 'extract', id: before.id, name: before.fileName },
              },
            ]
          : [],
      );
      const { candidates, payments, claims } = await lockCandidates(tx, read, { fromOn, toOn });
      const findings = compareExtract(lines, candidates);
      const { id } = await tx.insert(Extract, {
        programme_id: programmeId,
        origin,
        file_name: read.fileName,
        sha256,
        from_on: fromOn,
        to_on: toOn,
        lines: lines.length,
        uploaded_by: actor.id,
        illustrative: this.config.demonstration,
      });
      await insertItems(tx, id, findings, candidates);
      for (const { result, paymentId } of findings) {
        const payment = result === 'matched' ? payments.get(paymentId as string) : undefined;
        if (payment?.state !== 'paid') continue;
        const state = PAYMENT.next('reconcile', payment.state);
        await tx.change(Payment, payment, { state, reconciled_at: tx.at });
        const claim = claims.get(payment.claim_id) as Claim;
        // One whose money is asked back stays what it is.
        if (claim.state === 'paid')
          await tx.change(Claim, claim, {
            state: CLAIM.next('reconcile', claim.state),
            state_since: tx.at,
          });
      }
      return id;
    });
  }
}

/** The payments that an extract may speak of, locked with what they rest on, and as they are then. */
async function lockCandidates(
  tx: Tx,
  { programmeId, origin, lines }: ReadUpload,
  days: { fromOn: string; toOn: string },
): Promise<{ candidates: ExtractCandidate[]; payments: Map<string, Payment>; claims: Map<string, Claim> }> {
  const references = [
    ...new Set(lines.flatMap(({ reference, payee }) => referencesIn(`${reference}\n${payee}`))),
  ];
  const bankKeys = [...new Set(lines.map(({ reference }) => bankKey(reference)))].filter((key) => key !== '');
  const wanted = { programmeId, origin, ...days, references, bankKeys };
  const found = await extractCandidates(tx, wanted);
  const ids = (of: (candidate: ExtractCandidate) => string): string[] => [...new Set(found.map(of))];
  await tx.lockAll(
    Agreement,
    ids(({ agreementId }) => agreementId),
    'agreement',
  );
  const claims = await tx.lockAll(
    Claim,
    ids(({ claimId }) => claimId),
    'claim',
  );
  const payments = await tx.lockAll(
    Payment,
    ids(({ id }) => id),
    'payment',
  );
  const candidates = (await extractCandidates(tx, wanted)).filter(({ id }) => payments.has(id));
  return { candidates, payments, claims };
}

async function insertItems(
  tx: Tx,
  extractId: string,
  findings: readonly ExtractFinding[],
  candidates: readonly ExtractCandidate[],
): Promise<void> {
  const trusts = new Map(candidates.map(({ id, trustId }) => [id, trustId]));
  const rows = findings.map(({ line, paymentId, result, explanation }) => ({
    trust_id: paymentId === null ? null : (trusts.get(paymentId) ?? null),
    extract_id: extractId,
    line: line?.line ?? null,
    booked_on: line?.bookedOn ?? null,
    reference: line?.reference || null,
    payee: line?.payee || null,
    amount_pence: line?.amountPence ?? null,
    payment_id: paymentId,
    result,
    explanation,
  }));
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE)
    await tx.insertAll(ExtractItem, rows.slice(first, first + ROWS_AT_ONCE));
}

/** What is wrong with what is said of the file before it is read. */
function labelFaults(fileName: string, origin: string): Fault[] {
  return [
    ...((EXTRACT_ORIGINS as readonly string[]).includes(origin)
      ? []
      : [
          {
            code: origin === '' ? 'missing' : 'invalid',
            message: `origin must be one of: ${EXTRACT_ORIGINS.join(', ')}. Send it before the file.`,
            pointer: '/origin',
          },
        ]),
    ...nameFaults(fileName),
  ];
}
