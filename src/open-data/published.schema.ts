import { GRANT_SCHEMA } from './grant.schema.js';
import { address, day, list, ORG_ID, object, type PublishedField, pounds, text } from './published-field.js';

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
