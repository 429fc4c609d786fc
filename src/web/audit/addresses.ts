/** The page of a thing, by the table that holds it, where there is one; its history stands for the others. */
const PAGES: Readonly<Record<string, string>> = {
  adoption: 'adoptions',
  agreement: 'agreements',
  assurance_item: 'assurance',
  audit_finding: 'findings',
  audit_sample: 'audit-samples',
  benefit: 'benefits',
  benefit_actual: 'benefit-actuals',
  blueprint: 'blueprints',
  change_request: 'changes',
  claim: 'claims',
  contribution: 'contributions',
  gate_waiver: 'gate-waivers',
  measurement: 'measurements',
  milestone: 'milestones',
  payment: 'payments',
  product: 'products',
  progress_report: 'returns',
  recovery: 'recoveries',
  scenario: 'portfolio/scenarios',
  survey_sheet: 'survey-sheets',
  tranche: 'tranches',
};

/** The page of a thing; null where it has none but its history. */
export function pageOfThing(table: string, id: string): string | null {
  const folder = PAGES[table];
  return folder === undefined ? null : `/${folder}/${id}`;
}

/** What happened to a thing. */
export function historyOf(table: string, id: string): string {
  return `/history/${table}/${id}`;
}

/** One entry of the log, whole. */
export function entryAddress(number: number): string {
  return `/history/entries/${number}`;
}
