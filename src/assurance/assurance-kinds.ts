import type { DateOn } from '../core/calendar.js';

/** What a piece of assurance is of. */
export const ASSURANCE_LEVELS = [
  'product',
  'product-version',
  'deployment',
  'project',
  'organisation',
] as const;
export type AssuranceLevel = (typeof ASSURANCE_LEVELS)[number];

/** The kinds of evidence of safety and governance (domain.md section 6). */
export const ASSURANCE_KINDS = [
  'dcb0129',
  'dcb0160',
  'dtac',
  'dpia',
  'device-status',
  'dspt',
  'caldicott',
  'nice-tier',
  'library-outcome',
] as const;
export type AssuranceKind = (typeof ASSURANCE_KINDS)[number];

/** What is fixed of a kind. */
export interface KindTerms {
  name: string;
  /** What it shows, in a sentence. */
  shows: string;
  level: AssuranceLevel;
  /** The first day on which it is asked for; null: as far back as programmes go. */
  appliesFrom: DateOn | null;
  /** Whether no go-live is met without it (domain.md section 9, rule 13). */
  mandatory: boolean;
  /** The role of whoever signs it, at the body that holds it. */
  signOffRole: string;
  /** For how many months it usually holds; null: until something changes. */
  lifeMonths: number | null;
  /** What it may come to; empty where being signed is all there is to it. */
  outcomes: readonly string[];
  /** The outcomes with which a service may go live; all, where none is named. */
  passes: readonly string[];
  /** Whether it comes with a hazard log, whose content is restricted. */
  hazardLog: boolean;
  /** Whether anybody may know of it once it is accepted. */
  published: boolean;
  /** What of this no source says. */
  assumed: string;
}

const CLINICAL_SAFETY = 'Clinical safety officer';
const SIGNED = { outcomes: [], passes: [], hazardLog: false, published: false } as const;

/**
 * Where each kind is held, as domain.md section 6 has it. Days from which, months for which, roles and outcomes are
 * general knowledge that nobody has checked: `assumed` says which.
 */
export const KINDS: Readonly<Record<AssuranceKind, KindTerms>> = {
  dcb0129: {
    ...SIGNED,
    name: 'DCB0129 clinical safety case',
    shows: "The supplier's safety case and hazard log of a version of its product.",
    level: 'product-version',
    appliesFrom: null,
    mandatory: true,
    signOffRole: CLINICAL_SAFETY,
    lifeMonths: null,
    hazardLog: true,
    assumed:
      'That it holds as long as the version is the same, and applied throughout under its former names.',
  },
  dcb0160: {
    ...SIGNED,
    name: 'DCB0160 deployment safety case',
    shows: "The deploying trust's hazard log and safety case, signed off by its clinical safety officer.",
    level: 'deployment',
    appliesFrom: null,
    mandatory: true,
    signOffRole: CLINICAL_SAFETY,
    lifeMonths: null,
    hazardLog: true,
    assumed:
      'That it holds as long as the deployment is the same, and applied throughout under its former names.',
  },
  dtac: {
    ...SIGNED,
    name: 'DTAC',
    shows:
      'Clinical safety, data protection, technical security, interoperability and usability of a product.',
    level: 'product',
    appliesFrom: '2021-02-01',
    mandatory: true,
    signOffRole: 'Digital lead',
    lifeMonths: 12,
    outcomes: ['pass', 'fail'],
    passes: ['pass'],
    assumed:
      'The day from which it applies (it came after 2017), its outcomes, and that it is looked at yearly.',
  },
  dpia: {
    ...SIGNED,
    name: 'Data protection impact assessment',
    shows: 'What a project does with personal data, and what that risks.',
    level: 'project',
    appliesFrom: '2018-05-25',
    mandatory: true,
    signOffRole: 'Data protection officer',
    lifeMonths: null,
    assumed: 'That no go-live before the General Data Protection Regulation needs one.',
  },
  'device-status': {
    ...SIGNED,
    name: 'Medical-device status',
    shows: 'Whether a product is a medical device, and of which class.',
    level: 'product',
    appliesFrom: null,
    mandatory: true,
    signOffRole: 'Regulatory lead',
    lifeMonths: null,
    outcomes: ['not-a-device', 'class-i', 'class-iia', 'class-iib', 'class-iii'],
    assumed: 'That a go-live needs it said, whatever it says; and the classes.',
  },
  dspt: {
    ...SIGNED,
    name: 'Data Security and Protection Toolkit',
    shows: "An organisation's yearly assessment of how it handles data.",
    level: 'organisation',
    appliesFrom: '2018-04-01',
    mandatory: true,
    signOffRole: 'Senior information risk owner',
    lifeMonths: 12,
    outcomes: ['standards-exceeded', 'standards-met', 'approaching-standards', 'standards-not-met'],
    passes: ['standards-exceeded', 'standards-met', 'approaching-standards'],
    assumed: 'The day from which it applies, its outcomes, and that an approved plan to meet them is enough.',
  },
  caldicott: {
    ...SIGNED,
    name: 'Caldicott Guardian',
    shows: 'That an organisation has appointed a Caldicott Guardian, who approves its uses of personal data.',
    level: 'organisation',
    appliesFrom: null,
    mandatory: true,
    signOffRole: 'Chief executive',
    lifeMonths: null,
    assumed: 'All of it.',
  },
  'nice-tier': {
    ...SIGNED,
    name: 'NICE evidence standards tier',
    shows: 'The tier of the evidence standards framework that a product is in; it is not mandated.',
    level: 'product',
    appliesFrom: '2018-12-01',
    mandatory: false,
    signOffRole: 'Clinical lead',
    lifeMonths: null,
    outcomes: ['tier-a', 'tier-b', 'tier-c'],
    assumed: 'The day from which it applies (it came after 2017), and who signs.',
  },
  'library-outcome': {
    ...SIGNED,
    name: 'NHS apps library outcome',
    shows: 'What the assessment for the NHS digital apps library came to; historical.',
    level: 'product',
    appliesFrom: null,
    mandatory: false,
    signOffRole: 'Library assessor',
    lifeMonths: null,
    outcomes: ['approved', 'being-tested', 'not-approved', 'removed'],
    published: true,
    assumed: 'All of it.',
  },
};

/** Whether a kind is asked for on a day. */
export function applies(kind: AssuranceKind, on: DateOn): boolean {
  const { appliesFrom } = KINDS[kind];
  return appliesFrom === null || appliesFrom <= on;
}
