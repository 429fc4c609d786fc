import { type DateOn, isDateOn } from '../../core/calendar.js';
import { MAX_PENCE, type Pence } from '../../core/money.js';
import { type Fault, malformed } from '../../core/problems.js';

/** What was typed into a form: the text of each field, or of each box that was ticked. */
export type Typed = Readonly<Record<string, string | string[]>>;

interface Asked {
  /** What the field is called on the page: "Reason". */
  label: string;
  optional?: boolean;
}

const AMOUNT = /^-?£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;

/**
 * Reads a form field by field. A field's name is the JSON Pointer of what it sets, without the first slash
 * (`spend/0/note`), so that what a rule says of a place is said beside its field. Faults are collected, and `check`
 * refuses them all at once.
 */
export class Form {
  readonly faults: Fault[] = [];

  constructor(private readonly typed: Typed) {}

  /** The revision that the page was made from; null where it was none's. */
  get revision(): number | null {
    const text = this.raw('_revision');
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  }

  /** Whether the form has the field at all. */
  has(name: string): boolean {
    return this.typed[name] !== undefined;
  }

  /** Text of at most `max` characters (2,000), without white space around it; null where it is empty and optional. */
  text(name: string, { label, optional = false, max = 2_000 }: Asked & { max?: number }): string {
    const text = this.raw(name).replaceAll('\r\n', '\n').trim();
    if (text === '' && !optional) this.fault(name, 'missing', `Enter ${inSentence(label)}.`);
    if (text.length > max)
      this.fault(name, 'too-long', `${label} must be ${max.toLocaleString('en-GB')} characters or fewer.`);
    return text;
  }

  /** As `text`; null where nothing was typed. */
  textOrNull(name: string, asked: Asked & { max?: number }): string | null {
    return this.text(name, { ...asked, optional: true }) || null;
  }

  /** An amount in pounds ("£1,234.50", "1234.5"), as pence. */
  pounds(name: string, { label, max = MAX_PENCE, min = 0 }: Asked & { min?: Pence; max?: Pence }): Pence {
    const text = this.raw(name).trim();
    const match = AMOUNT.exec(text);
    if (!match)
      return this.refused(
        name,
        text === ''
          ? `Enter ${inSentence(label)}.`
          : `${label} must be an amount in pounds, such as 1,250 or 1,250.50.`,
      );
    const [, whole = '', pence = ''] = match;
    const amount = Number(whole.replaceAll(',', '') + pence.padEnd(2, '0')) * (text.startsWith('-') ? -1 : 1);
    if (amount > max || !Number.isSafeInteger(amount)) return this.refused(name, `${label} is too large.`);
    if (amount < min)
      return this.refused(name, min > 0 ? `${label} must be more than £0.` : `${label} must be £0 or more.`);
    return amount;
  }

  /** A whole number from `min` to `max`. */
  whole(
    name: string,
    { label, min = 0, max = 1_000_000_000 }: Asked & { min?: number; max?: number },
  ): number {
    const text = this.raw(name).trim().replaceAll(',', '');
    if (text === '') return this.refused(name, `Enter ${inSentence(label)}.`);
    const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= min && number <= max))
      return this.refused(
        name,
        `${label} must be a whole number from ${min.toLocaleString('en-GB')} to ${max.toLocaleString('en-GB')}.`,
      );
    return number;
  }

  /** A day typed as day, month and year; null where nothing was typed and it is optional. */
  day(name: string, { label, optional = false }: Asked): DateOn | null {
    const parts = ['day', 'month', 'year'].map((part) => this.raw(`${name}-${part}`).trim());
    const [date = '', month = '', year = ''] = parts;
    if (parts.every((part) => part === '')) {
      if (!optional) this.fault(name, 'missing', `Enter ${inSentence(label)}.`);
      return null;
    }
    const on = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    if (isDateOn(on)) return on;
    this.fault(name, 'not-a-day', `${label} must be a real date, such as 31 3 2018.`);
    return null;
  }

  /** One of a list of codes. */
  choice<Code extends string>(name: string, { label, of }: Asked & { of: readonly Code[] }): Code {
    const code = this.raw(name) as Code;
    if (!of.includes(code)) this.fault(name, 'not-chosen', `Select ${inSentence(label)}.`);
    return code;
  }

  /** The boxes that were ticked under one name. */
  ticked(name: string): string[] {
    const value = this.typed[name];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  }

  /** How many lines there are of a list whose fields are `<prefix>/0/…`, `<prefix>/1/…`; at most 500. */
  lines(prefix: string): number {
    const pattern = new RegExp(`^${prefix}/(\\d{1,3})/`);
    const numbers = Object.keys(this.typed).flatMap((name) => pattern.exec(name)?.[1] ?? []);
    return Math.min(500, numbers.length === 0 ? 0 : Math.max(...numbers.map(Number)) + 1);
  }

  /** Adds a fault of a field. */
  fault(name: string, code: string, message: string): void {
    this.faults.push({ code, message, pointer: `/${name}` });
  }

  /** @throws Problem 400 with every fault that was found */
  check(): void {
    if (this.faults.length > 0) throw malformed('invalid', 'Nothing was saved.', this.faults);
  }

  /** The text of a field as it was typed; empty where there is none. */
  raw(name: string): string {
    const value = this.typed[name];
    return (Array.isArray(value) ? value[0] : value) ?? '';
  }

  private refused(name: string, message: string): number {
    this.fault(name, 'not-a-number', message);
    return 0;
  }
}

/** What a label says by itself, so that no "the" fits before it: "What it is for", "A short title". */
const SAYS_IT =
  /^(an?|at|how|if|the|this|what|when|where|whether|which|who|whose|why|your)\b|^\w+ or |^\w+ \d+$/i;

/** "the reason" of "Reason", "the NHS number" of "NHS number", "what it is for" of "What it is for". */
function inSentence(label: string): string {
  const words = /^[A-Z]([a-z]|\s)/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
  return SAYS_IT.test(words) ? words : `the ${words}`;
}
