import type { DateOn } from '../core/calendar.js';

/** A grant as 360Giving 1.4 has it, of the fields that are published here. Amounts are pounds, with two decimals at most. */
export interface Grant {
  id: string;
  title: string;
  description: string;
  currency: 'GBP';
  amountAwarded: number;
  amountDisbursed: number;
  awardDate: DateOn;
  plannedDates: GrantEvent[];
  actualDates: GrantEvent[];
  recipientOrganization: GrantOrganization[];
  fundingOrganization: GrantOrganization[];
  grantProgramme: Array<{ code: string; title: string; description: string }>;
  fundingType: GrantClassification[];
  commitmentTransaction: GrantTransaction[];
  disbursementTransaction: GrantTransaction[];
  dateModified: string;
  dataSource: string;
}

export interface GrantEvent {
  title: string;
  startDate: DateOn;
  endDate?: DateOn;
}

export interface GrantOrganization {
  id: string;
  name: string;
  alternateName?: string;
}

export interface GrantClassification {
  vocabulary: string;
  code: string;
  title: string;
}

/** Money that was promised or that went: below zero where it came back. */
export interface GrantTransaction {
  id: string;
  transactionDate: DateOn;
  currency: 'GBP';
  value: number;
  description: string;
  provider: string;
  recipient: string;
}

/** All grants of one publication, as 360Giving 1.4 packages them. */
export interface GrantPackage {
  version: '1.4';
  title: string;
  description: string;
  identifier: string;
  issued: DateOn;
  modified: string;
  /** Left out where the grants have several funders. */
  publisher?: { identifier: string; name: string };
  license: string;
  accessURL: string;
  downloadURL: string;
  grants: Grant[];
}

/** What a package says before its grants. */
export type PackageHead = Omit<GrantPackage, 'grants'>;
