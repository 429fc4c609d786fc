/** What a field of a published file is: JSON Schema (2020-12), with where its value comes from. */
export interface PublishedField {
  type: 'object' | 'array' | 'string' | 'number';
  /** As 360Giving titles it. */
  title: string;
  description: string;
  /** Where the value comes from: a table and column, or the rule that makes it. */
  'x-source'?: string;
  format?: 'date' | 'date-time' | 'uri';
  enum?: readonly string[];
  minItems?: number;
  examples?: ReadonlyArray<string | number>;
  items?: PublishedField;
  properties?: Readonly<Record<string, PublishedField>>;
  required?: readonly string[];
  additionalProperties?: false;
}

type Source = Pick<PublishedField, 'description' | 'x-source'> & Partial<PublishedField>;

const text = (
  title: string,
  description: string,
  source: string,
  example: string,
  more: Partial<Source> = {},
): PublishedField => ({
  type: 'string',
  title,
  description,
  'x-source': source,
  examples: [example],
  ...more,
});
const day = (title: string, description: string, source: string, example: string): PublishedField =>
  text(title, description, source, example, { format: 'date' });
const pounds = (title: string, description: string, source: string, example: number): PublishedField => ({
  type: 'number',
  title,
  description: `${description} Pounds, with two decimals at most.`,
  'x-source': source,
  examples: [example],
});
const address = (title: string, description: string, source: string, example: string): PublishedField =>
  text(title, description, source, example, { format: 'uri' });

/** An object, of whose fields all are required but those named. */
function object(
  title: string,
  description: string,
  properties: Readonly<Record<string, PublishedField>>,
  optional: readonly string[] = [],
): PublishedField {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', title, description, properties, required, additionalProperties: false };
}

const list = (items: PublishedField, minItems = 0): PublishedField => ({
  type: 'array',
  title: items.title,
  description: items.description,
  items,
  minItems,
});

const ORG_ID = 'An organisation identifier: GB-NHS, the list of ODS codes at org-id.guide, and the ODS code.';
const CURRENCY = text('Currency', 'Always pounds sterling.', 'fixed', 'GBP', { enum: ['GBP'] });

const event = (title: string, description: string, what: string, starts: string, ends: string) =>
  object(
    title,
    description,
    {
      title: text('Title', 'What the days are of.', 'fixed', what),
      startDate: day('Start Date', 'The first day.', starts, '2017-06-01'),
      endDate: day('End Date', 'The last day; left out where it has not come.', ends, '2020-03-31'),
    },
    ['endDate'],
  );

const transaction = (
  title: string,
  description: string,
  { id, date, value, words }: Record<'id' | 'date' | 'value' | 'words', string>,
) =>
  object(title, description, {
    id: text('Identifier', 'Unique within the grant.', id, 'PAY-000001'),
    transactionDate: day('Transaction Date', 'The day of it.', date, '2017-07-14'),
    currency: CURRENCY,
    value: pounds('Value', 'How much; below zero where money came back.', value, 1000000),
    description: text('Description', 'What it is of. It never holds what somebody wrote.', words, 'Payment'),
    provider: text('Provider', `Who gave it. ${ORG_ID}`, 'organisation.ods_code of the funder', 'GB-NHS-X24'),
    recipient: text(
      'Recipient',
      `Who received it at that time. ${ORG_ID}`,
      'organisation.ods_code of the trust',
      'GB-NHS-RW4',
    ),
  });

const organization = (description: string, id: string, name: string, example: string) => ({
  id: text('Identifier', `${description} ${ORG_ID}`, id, example),
  name: text('Name', 'What it is called now.', name, 'Mersey Care NHS Foundation Trust'),
});

/** A grant as it is published: every field, and nothing else. */
export const GRANT_SCHEMA: PublishedField = object(
  'Grant',
  'One grant: an award with an agreement in force.',
  {
    id: text(
      'Identifier',
      'The prefix that 360Giving registered for the publisher, the programme, and whoever was awarded first. It never changes.',
      'OPEN_DATA_PREFIX, programme.slug, organisation.ods_code of the award',
      '360G-example-mental-health-exemplars-RW4',
    ),
    title: text(
      'Title',
      'The programme and the recipient.',
      'programme.name, organisation.name',
      'Mental health Global Digital Exemplars, Mersey Care NHS Foundation Trust',
    ),
    description: text(
      'Description',
      'The grant in words. It begins with "Illustrative" where anything of it is made up.',
      'made of the agreement in force',
      'NHS England awarded £5,000,000 from 2017/18 to 2019/20, under the agreement AGR/RW4/1.',
    ),
    currency: CURRENCY,
    amountAwarded: pounds(
      'Amount Awarded',
      'The grant of the version of the agreement that is in force. What lapsed or was withdrawn since stays in it.',
      'agreement_version.terms: the sum of the lines’ grant',
      5000000,
    ),
    amountDisbursed: pounds(
      'Amount Disbursed',
      'What was paid, less what came back.',
      'the sum of the disbursement transactions',
      1250000.5,
    ),
    awardDate: day(
      'Award Date',
      'When the agreement was approved or, where that was written down later, when it came into force.',
      'agreement_version.approved_at of the first version, agreement.activated_on',
      '2017-05-23',
    ),
    plannedDates: list(
      event(
        'Planned Dates',
        'The days within which costs may arise.',
        'Costs may arise',
        'agreement.window_starts_on',
        'agreement.window_ends_on',
      ),
    ),
    actualDates: list(
      event(
        'Actual Dates',
        'The days on which the agreement was in force.',
        'The agreement was in force',
        'agreement.activated_on of the first agreement',
        'log_entry: when it was closed or terminated',
      ),
    ),
    recipientOrganization: list(
      object(
        'Recipient Org',
        'Who holds the grant now.',
        {
          ...organization(
            'Who holds the grant now.',
            'organisation.ods_code',
            'organisation.name',
            'GB-NHS-RW4',
          ),
          alternateName: text(
            'Alternate Name',
            'What it was called when the grant was awarded, where that was another name.',
            'organisation_name.name',
            'Worcestershire Health and Care NHS Trust',
          ),
        },
        ['alternateName'],
      ),
      1,
    ),
    fundingOrganization: list(
      object(
        'Funding Org',
        'Who made the grant.',
        organization(
          'Who made the grant.',
          'organisation.ods_code of programme.funder_id',
          'organisation.name',
          'GB-NHS-X24',
        ),
      ),
      1,
    ),
    grantProgramme: list(
      object('Grant Programme', 'What the grant was made under.', {
        code: text('Code', 'The programme’s name in addresses.', 'programme.slug', 'mental-health-exemplars'),
        title: text(
          'Title',
          'The programme’s name.',
          'programme.name',
          'Mental health Global Digital Exemplars',
        ),
        description: text(
          'Description',
          'What it is for.',
          'programme.description',
          'Seven mental health trusts…',
        ),
      }),
    ),
    fundingType: list(
      object('Funding Type', 'Whether it is capital or revenue; it may be both.', {
        vocabulary: text('Vocabulary', 'What the codes are of.', 'fixed', 'Capital or revenue'),
        code: text('Code', 'The kind of money.', 'agreement_version.terms: the lines’ kind', 'capital', {
          enum: ['capital', 'revenue'],
        }),
        title: text('Title', 'The kind in words.', 'made of the code', 'Capital'),
      }),
    ),
    commitmentTransaction: list(
      transaction(
        'Commitment Transaction',
        'What is awarded, by financial year and kind. Together they are the amount awarded.',
        {
          id: 'made of the grant’s identifier, the year and the kind',
          date: 'as awardDate',
          value: 'agreement_version.terms: a line’s grant',
          words: 'made of the kind and the year',
        },
      ),
    ),
    disbursementTransaction: list(
      transaction(
        'Disbursement Transaction',
        'What was paid and, below zero, what came back. Together they are the amount disbursed.',
        {
          id: 'payment.reference, recovery.reference',
          date: 'payment.paid_on, recovery.closed_on',
          value: 'payment.amount_pence, recovery.amount_pence',
          words: 'made of what it is, and of recovery.cause',
        },
      ),
    ),
    dateModified: text(
      'Last Modified',
      'When anything that the grant is made of last changed.',
      'log_entry.recorded_at',
      '2018-07-20T09:30:00+00:00',
      { format: 'date-time' },
    ),
    dataSource: address(
      'Data Source',
      'The page that says what this data is.',
      'PUBLIC_URL',
      'https://exemplar.example.org/open-data',
    ),
  },
);

/** The package as it is published. */
export const PACKAGE_SCHEMA: PublishedField = object(
  '360Giving package',
  'All grants of one publication, as 360Giving 1.4 packages them.',
  {
    version: text('Version', 'Of 360Giving’s standard.', 'fixed', '1.4', { enum: ['1.4'] }),
    title: text(
      'Title',
      'Whose grants they are.',
      'programme.name',
      'Grants of Mental health Global Digital Exemplars',
    ),
    description: text(
      'Description',
      'What is in the package, and how many of its grants are illustrative.',
      'made of the grants',
      'Grants under agreements that are or were in force…',
    ),
    identifier: text(
      'Identifier',
      'The same for every edition of this package.',
      'OPEN_DATA_PREFIX, programme.slug',
      '360G-example-mental-health-exemplars',
    ),
    issued: day(
      'Issued',
      'The day, in London, on which anything in it last changed.',
      'as modified',
      '2018-07-20',
    ),
    modified: text(
      'Modified',
      'When anything in it last changed.',
      'the latest dateModified',
      '2018-07-20T09:30:00+00:00',
      { format: 'date-time' },
    ),
    publisher: object('Publisher', 'The funder; left out where the grants have several.', {
      identifier: text('Identifier', ORG_ID, 'organisation.ods_code of programme.funder_id', 'GB-NHS-X24'),
      name: text('Name', 'What it is called.', 'organisation.name', 'NHS England'),
    }),
    license: address(
      'License',
      'What anybody may do with this data.',
      'OPEN_DATA_LICENCE',
      'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
    ),
    accessURL: address(
      'Access URL',
      'The page that says what this data is.',
      'PUBLIC_URL',
      'https://exemplar.example.org/open-data',
    ),
    downloadURL: address(
      'Download URL',
      'Where this package is.',
      'PUBLIC_URL',
      'https://exemplar.example.org/open-data/360giving.json',
    ),
    grants: list(GRANT_SCHEMA, 1),
  },
  ['publisher'],
);

/** A row of the file of match. */
export const MATCH_SCHEMA: PublishedField = object(
  'Match',
  'What a recipient put beside a grant, by financial year and kind. It is no grant, and 360Giving has no field for it.',
  {
    grant: text(
      'Grant',
      'The identifier of the grant.',
      'as in the package',
      '360G-example-mental-health-exemplars-RW4',
    ),
    recipient: text('Recipient', ORG_ID, 'organisation.ods_code', 'GB-NHS-RW4'),
    recipientName: text(
      'Recipient name',
      'What it is called now.',
      'organisation.name',
      'Mersey Care NHS Foundation Trust',
    ),
    financialYear: text(
      'Financial year',
      'From 1 April to 31 March.',
      'funding_line.financial_year',
      '2017/18',
    ),
    kind: text('Kind', 'Capital or revenue.', 'funding_line.kind', 'capital', {
      enum: ['capital', 'revenue'],
    }),
    agreed: pounds(
      'Match agreed',
      'What the version of the agreement in force asks for.',
      'agreement_version.terms: a line’s match',
      1000000,
    ),
    accepted: pounds(
      'Match accepted',
      'What somebody other than the recipient accepted, by evidence.',
      'contribution.amount_pence where accepted',
      250000.75,
    ),
  },
);
