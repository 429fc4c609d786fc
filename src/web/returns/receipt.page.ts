import type { Finding } from '../../progress-reports/assessment-input.js';
import { placeIn } from '../../progress-reports/finding-places.rules.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import type { ShownReceipt } from '../../queue/receipts.reader.js';
import { instant, plural, words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { returnTag, whatNext } from './return.words.js';
import { captionOf, returnTrail } from './returns.trail.js';
import { isWithTrust, type Said, saidAddress } from './said.js';

const STATES: Record<ShownReceipt['state'], string> = {
  waiting: 'Waiting for its turn',
  working: 'Being worked on',
  done: 'Done',
  failed: 'Failed',
};

function progressOf({ state, progress }: ShownReceipt) {
  const ended = state === 'done' || state === 'failed';
  if (progress?.total === 0 && !ended) return { max: 1, value: null, words: progress.words };
  if (progress && !ended)
    return {
      max: progress.total,
      value: progress.done,
      words: `${progress.done} of ${progress.total}: ${progress.words}`,
    };
  return { max: 1, value: state === 'done' ? 1 : 0, words: `${STATES[state]}.` };
}

/** What a job says came of it, as facts: `{ findings: 2 }` is "Findings: 2". */
function resultOf(result: object | null): string[] {
  return Object.entries(result ?? {})
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${words(name.replaceAll(/([A-Z])/g, ' $1').toLowerCase())}: ${String(value)}`);
}

function foundIn(
  standing: ReturnStanding,
  version: number,
  mayChange: boolean,
): Array<Said & { href: string }> {
  const { report, versions } = standing;
  const assessed = versions.find(({ number }) => number === version);
  if (!assessed) return [];
  const placed = ({ section, place, severity, message }: Finding): Said => ({
    section,
    place: placeIn(place, assessed.content, report.current.content).slice(1),
    kind: severity,
    message,
  });
  return assessed.findings.map(placed).map((each) => ({
    ...each,
    href: mayChange
      ? saidAddress(report.id, each)
      : `/returns/${report.id}/check#${each.place.split('/').slice(0, 2).join('/') || each.section}`,
  }));
}

interface ReceiptOf {
  standing: ReturnStanding;
  version: number;
  /** Whether its reader may fill the return in. */
  mayPrepare: boolean;
}

function ofReturn({ standing, version, mayPrepare }: ReceiptOf, state: ShownReceipt['state']) {
  const { report } = standing;
  const found = foundIn(standing, version, mayPrepare && isWithTrust(standing));
  return {
    found,
    verdict:
      state !== 'done'
        ? null
        : found.length === 0
          ? 'Nothing was found.'
          : `${plural(found.length, 'thing')} ${found.length === 1 ? 'was' : 'were'} found.`,
    where: {
      state: returnTag(report.state),
      next: whatNext(report),
      href: `/returns/${report.id}`,
      text: `Go to the return for ${report.period.label}`,
    },
  };
}

/** How often a page without JavaScript asks again. */
const SECONDS = 3;

/** What becomes of something that the queue was asked to do. @param of the return that was submitted; null: it is something else */
export function receiptPage(receipt: ShownReceipt, of: ReceiptOf | null): Page {
  const { id, job, state, createdAt, finishedAt, error } = receipt;
  const ended = state === 'done' || state === 'failed';
  const asked = words(job);
  const trail: Link[] = of ? returnTrail(of.standing) : [{ text: 'Your tasks', href: '/tasks' }];
  return {
    view: 'returns/receipt.njk',
    title: of ? (ended ? 'What the automatic check found' : 'Your return is being checked') : asked,
    ...(of ? { caption: captionOf(of.standing) } : {}),
    trail,
    model: {
      ended,
      failed: state === 'failed',
      events: ended ? null : `/receipts/${id}/events`,
      refresh: ended ? null : SECONDS,
      bar: progressOf(receipt),
      asked: `Asked for ${instant(createdAt)}${finishedAt ? `; ended ${instant(finishedAt)}` : ''}.`,
      error: state === 'failed' || state === 'working' ? error : null,
      results: of ? [] : resultOf(receipt.result),
      verdict: null,
      found: [],
      where: null,
      ...(of ? ofReturn(of, state) : {}),
    },
  };
}
