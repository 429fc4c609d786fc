import { address, day, list, ORG_ID, object, type PublishedField, pounds, text } from './published-field.js';

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
