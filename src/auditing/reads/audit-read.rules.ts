import { findNhsNumber } from '../../core/nhs-number.js';
import { isId } from '../../core/paging.js';

/** What stands in a path where something is not kept. */
export const HIDDEN = '[hidden]';
const MOST = 1_000;

/** Parameters that may carry what nobody else may have. */
const SECRET = /(^|[_-])(code|token|key|secret|password|csrf)$/i;
/** Parameters that may carry somebody's name; an id may stand. */
const PERSONAL = ['actor', 'person', 'name'];
const EMAIL = /[^\s@]+@[^\s@]+/;
/** A key of ours, wherever somebody put it. */
const OUR_KEY = /exm_[\w-]{20}/;

const isUnkept = (value: string): boolean =>
  EMAIL.test(value) || OUR_KEY.test(value) || findNhsNumber(value) !== null;

function kept(name: string, value: string): string {
  const hidden =
    SECRET.test(name) || (PERSONAL.includes(name) && !isId(value)) || isUnkept(value) || isUnkept(name);
  return `${isUnkept(name) ? HIDDEN : encodeURIComponent(name)}=${hidden ? HIDDEN : encodeURIComponent(value)}`;
}

/**
 * The path that was asked for, with its query, as it is kept: without secrets, and without what says who somebody is
 * (domain.md section 9, rule 16). At most 1,000 characters of it.
 * @param url path and query, as they were sent
 */
export function auditedPath(url: string): string {
  const [path = '', ...rest] = url.split('?');
  const segments = path.split('/').map((segment) => (isUnkept(decoded(segment)) ? HIDDEN : segment));
  const query = [...new URLSearchParams(rest.join('?'))].map(([name, value]) => kept(name, value));
  return [segments.join('/'), query.join('&')]
    .filter((part) => part !== '')
    .join('?')
    .slice(0, MOST);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The table that the id in a path is of, by the part of the path before it. */
export const SUBJECTS: Readonly<Record<string, string>> = {
  adoptions: 'adoption',
  agreements: 'agreement',
  'api-keys': 'api_key',
  'assurance-documents': 'assurance_document',
  'assurance-items': 'assurance_item',
  'audit-samples': 'audit_sample',
  'benefit-actuals': 'benefit_actual',
  'benefit-evidence': 'benefit_evidence',
  benefits: 'benefit',
  'blueprint-attachments': 'blueprint_attachment',
  'blueprint-contacts': 'blueprint_contact',
  blueprints: 'blueprint',
  'change-requests': 'change_request',
  changes: 'change_request',
  claims: 'claim',
  contributions: 'contribution',
  'cost-evidence': 'cost_evidence',
  deployments: 'deployment',
  evidence: 'evidence',
  extracts: 'extract',
  findings: 'audit_finding',
  'gate-waivers': 'gate_waiver',
  'hazard-logs': 'assurance_document',
  journals: 'journal',
  measurements: 'measurement',
  milestones: 'milestone',
  pairings: 'programme_role',
  payments: 'payment',
  people: 'person',
  products: 'product',
  'programme-progress': 'programme_progress',
  progress: 'progress',
  'progress-reports': 'progress_report',
  recoveries: 'recovery',
  returns: 'progress_report',
  scenarios: 'scenario',
  'survey-sheets': 'survey_sheet',
  tranches: 'tranche',
};

const TABLE = /^[a-z_]{1,60}$/;

/**
 * What a path is about: a row of a table, or a programme as a whole; null where the path does not say.
 * @param route its pattern: `/v1/claims/:id/evidence`
 */
export function subjectOf(
  route: string | null,
  params: Readonly<Record<string, unknown>>,
): { table: string; id: string | null } | null {
  if (route === null) return null;
  const id = isId(params.id) ? (params.id as string) : null;
  if (route.startsWith('/history/:table/:id'))
    return typeof params.table === 'string' && TABLE.test(params.table) ? { table: params.table, id } : null;
  const before = /\/([a-z-]+)\/:id(\/|$)/.exec(route)?.[1];
  const table = before === undefined ? undefined : SUBJECTS[before];
  if (table !== undefined) return { table, id };
  return route.includes('/programmes/:slug') ? { table: 'programme', id: null } : null;
}
