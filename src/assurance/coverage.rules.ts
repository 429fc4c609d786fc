import type { Blocker } from '../core/blockers.js';
import { type DateOn, formatDate } from '../core/calendar.js';
import { type AssuranceState, heldByFunder } from './assurance-item.rules.js';
import {
  ASSURANCE_KINDS,
  type AssuranceKind,
  type AssuranceLevel,
  applies,
  KINDS,
} from './assurance-kinds.js';

/** A product's version as a project uses it. */
export interface DeployedVersion {
  id: string;
  product: { id: string; name: string };
  version: { id: string; name: string };
  fromOn: DateOn;
  /** The last day of its use; null: it goes on. */
  toOn: DateOn | null;
}

/** A piece of assurance, as far as it matters to whether something is covered. */
export interface CoveringItem {
  id: string;
  reference: string;
  kind: AssuranceKind;
  /** The product, version, deployment, project or organisation that it is of. */
  subjectId: string;
  state: AssuranceState;
  /** Whether it was ever accepted. */
  accepted: boolean;
  signedOn: DateOn;
  expiresOn: DateOn | null;
  outcome: string | null;
}

/** All that says whether a project's services are covered. */
export interface CoverageFacts {
  project: { id: string; code: string; name: string };
  trust: { id: string; odsCode: string; name: string };
  deployments: readonly DeployedVersion[];
  items: readonly CoveringItem[];
}

export const COVERAGE_STATUSES = [
  'valid',
  'expired',
  'not-passed',
  'withdrawn',
  'in-review',
  'missing',
] as const;
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number];

/** What a piece of assurance is of, as it is shown. */
export interface CoverageSubject {
  level: AssuranceLevel;
  id: string;
  name: string;
}

/** One thing that must be there before a service goes live, and how it stands on a day. */
export interface Requirement {
  /** Null: which product and version is deployed must be said first. */
  kind: AssuranceKind | null;
  name: string;
  subject: CoverageSubject;
  status: CoverageStatus;
  /** The one that stands, or that is nearest to it; null where there is none. */
  item: { id: string; reference: string } | null;
  expiresOn: DateOn | null;
  /** What is wrong, and where it is put right; null where it is valid. */
  message: string | null;
}

/** Whether a deployment is in use on a day. */
export function inUse({ fromOn, toOn }: Pick<DeployedVersion, 'fromOn' | 'toOn'>, on: DateOn): boolean {
  return fromOn <= on && (toOn === null || toOn >= on);
}

const later = (a: CoveringItem, b: CoveringItem): number =>
  a.signedOn.localeCompare(b.signedOn) || a.reference.localeCompare(b.reference);

/** Of pieces of one kind about one subject, the one that stands on a day: of those accepted, the one signed last by then. */
export function standingOn(items: readonly CoveringItem[], on: DateOn): CoveringItem | undefined {
  return items
    .filter(({ state, signedOn }) => (state === 'accepted' || state === 'superseded') && signedOn <= on)
    .sort(later)
    .at(-1);
}

/** How pieces of one kind about one subject stand on a day, and which of them says so. */
export function statusOn(
  kind: AssuranceKind,
  items: readonly CoveringItem[],
  on: DateOn,
): { status: CoverageStatus; item: CoveringItem | null } {
  const standing = standingOn(items, on);
  if (standing) {
    const { passes } = KINDS[kind];
    const { expiresOn, outcome } = standing;
    if (expiresOn !== null && expiresOn < on) return { status: 'expired', item: standing };
    if (passes.length > 0 && !(outcome !== null && passes.includes(outcome)))
      return { status: 'not-passed', item: standing };
    return { status: 'valid', item: standing };
  }
  const review = items
    .filter(({ state }) => state === 'submitted')
    .sort(later)
    .at(-1);
  if (review) return { status: 'in-review', item: review };
  const withdrawn = items
    .filter(({ state, accepted }) => state === 'withdrawn' && accepted)
    .sort(later)
    .at(-1);
  return withdrawn ? { status: 'withdrawn', item: withdrawn } : { status: 'missing', item: null };
}

function subjectsOf(level: AssuranceLevel, facts: CoverageFacts, on: DateOn): CoverageSubject[] {
  const { project, trust } = facts;
  const deployed = facts.deployments.filter((each) => inUse(each, on));
  const subjects: Record<AssuranceLevel, () => CoverageSubject[]> = {
    organisation: () => [{ level, id: trust.id, name: trust.name }],
    project: () => [{ level, id: project.id, name: project.name }],
    deployment: () =>
      deployed.map(({ id, product, version }) => ({
        level,
        id,
        name: `${product.name} ${version.name} in ${project.name}`,
      })),
    product: () => deployed.map(({ product }) => ({ level, ...product })),
    'product-version': () =>
      deployed.map(({ product, version }) => ({
        level,
        id: version.id,
        name: `${product.name} ${version.name}`,
      })),
  };
  const found = subjects[level]();
  return found.filter(({ id }, index) => found.findIndex((each) => each.id === id) === index);
}

const WORDS: Record<Exclude<CoverageStatus, 'valid'>, (item: CoveringItem | null, on: DateOn) => string> = {
  missing: (_, on) => `none is accepted that was signed by ${formatDate(on)}`,
  expired: (item, on) =>
    `${item?.reference} holds until ${formatDate(item?.expiresOn as DateOn)}, and not on ${formatDate(on)}`,
  'not-passed': (item) => `${item?.reference} came to “${item?.outcome?.replaceAll('-', ' ')}”`,
  withdrawn: (item) => `${item?.reference} was withdrawn`,
  'in-review': (item) => `${item?.reference} is submitted and not accepted yet`,
};

function requirement(
  kind: AssuranceKind,
  subject: CoverageSubject,
  facts: CoverageFacts,
  on: DateOn,
): Requirement {
  const items = facts.items.filter((each) => each.kind === kind && each.subjectId === subject.id);
  const { status, item } = statusOn(kind, items, on);
  return {
    kind,
    name: KINDS[kind].name,
    subject,
    status,
    item: item && { id: item.id, reference: item.reference },
    expiresOn: item?.expiresOn ?? null,
    message:
      status === 'valid' ? null : `${KINDS[kind].name} of ${subject.name}: ${WORDS[status](item, on)}.`,
  };
}

/**
 * All that must be there for a project's services to be live on a day, and how each stands then: what is mandatory and
 * applied on that day, of the trust, of the project, and of each version that is in use (domain.md section 9, rule 13).
 * Where no version is in use, that is missing: nobody could say what it is that goes live.
 */
export function requirementsOn(facts: CoverageFacts, on: DateOn): Requirement[] {
  const { project, deployments } = facts;
  const deployed: Requirement[] = deployments.some((each) => inUse(each, on))
    ? []
    : [
        {
          kind: null,
          name: 'Product and version',
          subject: { level: 'project', id: project.id, name: project.name },
          status: 'missing',
          item: null,
          expiresOn: null,
          message: `${project.name}: no product is recorded as in use on ${formatDate(on)}, so nobody can say what goes live.`,
        },
      ];
  const kinds = ASSURANCE_KINDS.filter((kind) => KINDS[kind].mandatory && applies(kind, on));
  return [
    ...deployed,
    ...kinds.flatMap((kind) =>
      subjectsOf(KINDS[kind].level, facts, on).map((subject) => requirement(kind, subject, facts, on)),
    ),
  ];
}

/** What somebody has to do about a requirement that is not met. */
export function clearedBy({ kind, status }: Pick<Requirement, 'kind' | 'status'>): string {
  if (kind === null)
    return 'The trust records which version of which product the project uses, and from which day.';
  if (status === 'in-review') return 'Somebody who did not write it accepts it.';
  return heldByFunder(KINDS[kind].level)
    ? 'A programme manager or assessor records it with the product, and somebody else accepts it.'
    : 'The trust records it on its page of assurance, and somebody at the funder accepts it.';
}

/** The codes of blockers that assurance puts in the way of a go-live. */
export const ASSURANCE_CODES = [
  'deployment-missing',
  'assurance-missing',
  'assurance-expired',
  'assurance-not-passed',
  'assurance-withdrawn',
  'assurance-in-review',
] as const;

/** A requirement that is not met, as what it is in the way of; none where it is met. */
export function requirementBlockers(requirements: readonly Requirement[]): Blocker[] {
  return requirements.flatMap((each): Blocker[] => {
    const { kind, status, message, subject, item } = each;
    if (message === null) return [];
    return [
      {
        code: kind === null ? 'deployment-missing' : `assurance-${status}`,
        message,
        about: item
          ? { kind: 'assurance-item', id: item.id, name: item.reference }
          : { kind: subject.level, id: subject.id, name: subject.name },
        clearedBy: clearedBy(each),
      },
    ];
  });
}

/**
 * What a go-live rests on that holds no longer: what was accepted once, and has expired, was withdrawn, or was followed
 * by one that does not pass. What was never there is a matter of the milestone, and is not said twice.
 */
export function lapsedSince(facts: CoverageFacts, today: DateOn): Requirement[] {
  return requirementsOn(facts, today).filter(({ status }) =>
    (['expired', 'withdrawn', 'not-passed'] satisfies CoverageStatus[] as CoverageStatus[]).includes(status),
  );
}
