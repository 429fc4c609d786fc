import { findNhsNumber } from './nhs-number.js';

describe('findNhsNumber', () => {
  it.each<[what: string, text: string, found: string | null]>([
    ['plain', '9434765919', '9434765919'],
    ['grouped by spaces', 'the patient 943 476 5919 waited', '943 476 5919'],
    ['grouped by hyphens', '943-476-5919', '943-476-5919'],
    ['grouped by non-breaking spaces', '943\u00a0476\u00a05919', '943\u00a0476\u00a05919'],
    ['in the midst of words', 'no:9434765919.', '9434765919'],
    ['after a number that is none', '1234567890 and 9434765919', '9434765919'],
    ['after a group of other digits', '123 943 476 5919', '943 476 5919'],
    ['with remainder 0, so that the check digit is 0', '4010232110', '4010232110'],
    ['with remainder 1, which is never issued', '4000000080', null],
    ['one digit changed', '9434765918', null],
    ['two digits exchanged', '9434756919', null],
    ['nine digits', '943476591', null],
    ['part of a longer run, before', '19434765919', null],
    ['part of a longer run, after', '94347659191', null],
    ['a group that runs on', '943 476 59191', null],
    ['grouped otherwise', '9434 765 919', null],
    ['two separators', '943  476  5919', null],
    ['an amount of money', '£35,000,000.00', null],
    ['dates', '2017-04-01 to 2020-03-31', null],
    ['in a UUID', '0192f3a4-7c1e-7000-8943-4765919abcde', null],
    ['at the end of a UUID', '0192f3a4-7c1e-7000-8000-ab9434765919', null],
    ['in a hash', `${'a'.repeat(30)}9434765919${'b'.repeat(24)}`, null],
    ['after a UUID', '0192f3a4-7c1e-7000-8000-ab0000000000 9434765919', '9434765919'],
    ['in a word', 'NHS9434765919x', '9434765919'],
    ['nothing', '', null],
  ])('%s: %s', (_what, text, found) => {
    expect(findNhsNumber(text)).toBe(found);
  });

  it('takes a long text in one pass', () => {
    const startedAt = performance.now();
    expect(findNhsNumber('943 476 '.repeat(50_000))).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
