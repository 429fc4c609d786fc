import type { Grant } from './grant.types.js';

/** A column of a flat file: its title, and what it holds of a row. */
export interface FlatColumn<Row> {
  title: string;
  value: (row: Row) => string | number | null;
}

const first = <Each>(list: readonly Each[]): Each | undefined => list[0];

/** The grants as a flat table, under the titles by which 360Giving's tools know them ("Recipient Org:Identifier"). */
export const GRANT_COLUMNS: ReadonlyArray<FlatColumn<Grant>> = [
  { title: 'Identifier', value: ({ id }) => id },
  { title: 'Title', value: ({ title }) => title },
  { title: 'Description', value: ({ description }) => description },
  { title: 'Currency', value: ({ currency }) => currency },
  { title: 'Amount Awarded', value: ({ amountAwarded }) => amountAwarded },
  { title: 'Amount Disbursed', value: ({ amountDisbursed }) => amountDisbursed },
  { title: 'Award Date', value: ({ awardDate }) => awardDate },
  { title: 'Planned Dates:Start Date', value: ({ plannedDates }) => first(plannedDates)?.startDate ?? null },
  { title: 'Planned Dates:End Date', value: ({ plannedDates }) => first(plannedDates)?.endDate ?? null },
  { title: 'Actual Dates:Start Date', value: ({ actualDates }) => first(actualDates)?.startDate ?? null },
  { title: 'Actual Dates:End Date', value: ({ actualDates }) => first(actualDates)?.endDate ?? null },
  { title: 'Recipient Org:Identifier', value: (grant) => first(grant.recipientOrganization)?.id ?? null },
  { title: 'Recipient Org:Name', value: (grant) => first(grant.recipientOrganization)?.name ?? null },
  {
    title: 'Recipient Org:Alternate Name',
    value: (grant) => first(grant.recipientOrganization)?.alternateName ?? null,
  },
  { title: 'Funding Org:Identifier', value: (grant) => first(grant.fundingOrganization)?.id ?? null },
  { title: 'Funding Org:Name', value: (grant) => first(grant.fundingOrganization)?.name ?? null },
  { title: 'Grant Programme:Code', value: ({ grantProgramme }) => first(grantProgramme)?.code ?? null },
  { title: 'Grant Programme:Title', value: ({ grantProgramme }) => first(grantProgramme)?.title ?? null },
  { title: 'Last Modified', value: ({ dateModified }) => dateModified },
  { title: 'Data Source', value: ({ dataSource }) => dataSource },
];
