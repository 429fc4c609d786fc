import { readFileSync } from 'node:fs';
import { type Fault, Problem } from '../core/problems.js';
import { parseDefinition } from './definition.parser.js';

const SMALL = readFileSync(new URL('../../programmes/rural-broadband.yaml', import.meta.url), 'utf8');

/** The problem that a text is refused with. */
function refusal(text: string): Problem {
  try {
    parseDefinition(text, 'my.yaml');
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

/** The text at a fault's place. */
function textAt(text: string, fault: Fault): string {
  return text.split('\n')[(fault.line as number) - 1]?.slice((fault.column as number) - 1) ?? '';
}

describe('a bad definition is refused with the place of each fault', () => {
  it.each<[what: string, from: string, to: string, code: string, pointer: string, at: string]>([
    [
      'an unknown field',
      'slug: rural',
      'slugg: x\n  slug: rural',
      'unknown-field',
      '/programme/slugg',
      'slugg: x',
    ],
    [
      'an unknown field with a list',
      'slug: rural',
      'extra: [1]\n  slug: rural',
      'unknown-field',
      '/programme/extra',
      'extra:',
    ],
    ['a missing field', '  funder: ZZF01\n', '', 'missing-field', '/programme', 'programme:'],
    [
      'a missing field in a list',
      '{ role: funder, status: confirmed,',
      '{ role: funder,',
      'missing-field',
      '/organisations/0/roles/0',
      '{ role: funder, source',
    ],
    ['a missing section', 'controlTotals:', '# controlTotals:', 'missing-field', '', 'programme:'],
    [
      'a wrong type',
      'illustrative: true',
      'illustrative: perhaps',
      'wrong-type',
      '/programme/illustrative',
      'perhaps',
    ],
    ['nothing', 'funder: ZZF01', 'funder:', 'wrong-type', '/programme/funder', 'funder:'],
    [
      'separators in an amount',
      'grantPounds: 500000\n',
      'grantPounds: 500,000\n',
      'wrong-type',
      '/awards/1/grantPounds',
      '500,000',
    ],
    [
      'a negative amount',
      'grantPounds: 500000\n',
      'grantPounds: -500000\n',
      'out-of-range',
      '/awards/1/grantPounds',
      '-500000',
    ],
    [
      'a fraction of a penny',
      'grantPounds: 700000.50',
      'grantPounds: 700000.505',
      'fractional-pence',
      '/awards/0/grantPounds',
      '700000.505',
    ],
    [
      '1e400',
      'grantPounds: 500000\n',
      'grantPounds: 1e400\n',
      'wrong-type',
      '/awards/1/grantPounds',
      '1e400',
    ],
    [
      'not a number',
      'grantPounds: 500000\n',
      'grantPounds: .nan\n',
      'wrong-type',
      '/awards/1/grantPounds',
      '.nan',
    ],
    [
      'more than money can be',
      'grantPounds: 500000\n',
      'grantPounds: 90000000000\n',
      'out-of-range',
      '/awards/1/grantPounds',
      '90000000000',
    ],
    [
      'a day that is none',
      'startsOn: 2023-04-01\n  endsOn: 2024-09-30',
      'startsOn: 2023-02-29\n  endsOn: 2024-09-30',
      'not-a-date',
      '/programme/startsOn',
      '2023-02-29',
    ],
    [
      'a word that is none of the list',
      'kind: procurement',
      'kind: tender',
      'not-one-of',
      '/projects/0/milestones/0/kind',
      'tender',
    ],
    [
      'a code with capitals',
      'code: marsh-masts',
      'code: MarshMasts',
      'wrong-format',
      '/projects/1/code',
      'MarshMasts',
    ],
    [
      'parts with denominator 0',
      'target: 2/100',
      'target: 2/0',
      'wrong-format',
      '/targetSets/0/measures/0/target',
      '2/0',
    ],
    ['a percentage', 'target: 2/100', 'target: 2%', 'wrong-format', '/targetSets/0/measures/0/target', '2%'],
    [
      'a period that is none',
      '2023/24 M06: 15/100',
      '2023/24 M13: 15/100',
      'wrong-format',
      '/targetSets/0/measures/0/trajectory/points/2023~124 M13',
      '15/100',
    ],
    ['a weight of 0', 'weight: 3', 'weight: 0', 'out-of-range', '/targetSets/0/measures/0/weight', '0'],
    [
      'neither a source nor an assumed',
      '900/1\n        source: invented',
      '900/1',
      'provenance-missing',
      '/targetSets/0/measures/1',
      'code: premises',
    ],
    [
      'both',
      '900/1\n',
      '900/1\n        assumed: chosen\n',
      'provenance-missing',
      '/targetSets/0/measures/1',
      'code: premises',
    ],
    [
      'an unknown source',
      'ratio: { grantPounds: 1, matchPounds: 0.50, source: invented',
      'ratio: { grantPounds: 1, matchPounds: 0.50, source: nobody',
      'unknown-source',
      '/match/ratio/source',
      'nobody',
    ],
    [
      'an NHS number',
      'name: Masts live',
      'name: Masts for 943 476 5919',
      'nhs-number',
      '/projects/1/milestones/0/name',
      'Masts for',
    ],
    [
      'an escaped NUL',
      'name: Masts live',
      'name: "Masts\\0live"',
      'nul-character',
      '/projects/1/milestones/0/name',
      '"Masts',
    ],
    [
      'a circle of successions',
      'effectiveOn: 2024-01-01, source: invented }',
      'effectiveOn: 2024-01-01, source: invented }\n  - { kind: took-over-part, predecessor: ZZC02, successor: ZZC03, effectiveOn: 2024-01-01, source: invented }',
      'succession-cycle',
      '/successions/1',
      '{ kind: took-over-part',
    ],
    [
      'an unknown council',
      'trust: ZZC02\n    code',
      'trust: ZZC09\n    code',
      'unknown-organisation',
      '/projects/1/trust',
      'ZZC09',
    ],
    [
      'a measure twice',
      'code: premises-connected',
      'code: slow-premises',
      'duplicate-measure',
      '/targetSets/0/measures/1/code',
      'slow-premises',
    ],
    [
      'an instalment of nothing',
      'grantPounds: 250000\n',
      'grantPounds: 0\n',
      'out-of-range',
      '/awards/0/tranches/1/grantPounds',
      '0',
    ],
    [
      'a milestone without its project',
      '[marsh-masts/live]',
      '[live]',
      'wrong-format',
      '/awards/1/tranches/1/milestones/0',
      'live]',
    ],
    [
      'an instalment that nobody says why',
      'milestones: [marsh-masts/live]\n        source: invented',
      'milestones: [marsh-masts/live]',
      'provenance-missing',
      '/awards/1/tranches/1',
      'number: 2',
    ],
    [
      'instalments that do not add up to the award',
      'grantPounds: 380000',
      'grantPounds: 379999.99',
      'award-tranche-mismatch',
      '/awards/1/tranches',
      'tranches:',
    ],
    [
      'a threshold with a fraction of a penny',
      'secondApproverAbovePounds: 100000',
      'secondApproverAbovePounds: 100000.005',
      'fractional-pence',
      '/payments/secondApproverAbovePounds',
      '100000.005',
    ],
    [
      'a condition that is no text',
      '- Premises that the grant connected stay',
      '- { code: premises } # stay',
      'wrong-type',
      '/agreement/conditions/0',
      '{ code',
    ],
    [
      'totals that do not add up',
      'totalPounds: 1850000.75',
      'totalPounds: 1850000.74',
      'control-total-mismatch',
      '/controlTotals/totalPounds',
      '1850000.74',
    ],
  ])('%s', (_what, from, to, code, pointer, at) => {
    expect(SMALL).toContain(from);
    const text = SMALL.replace(from, to);
    const { details } = refusal(text);
    expect(details).toMatchObject({ status: 422, code: 'definition-invalid' });
    expect(details.errors).toHaveLength(1);
    const fault = details.errors?.[0] as Fault;
    expect(fault).toMatchObject({ code, pointer, file: 'my.yaml' });
    expect(textAt(text, fault).startsWith(at)).toBe(true);
  });

  it('names line and column, counted from 1', () => {
    const text = SMALL.replace('illustrative: true', 'illustrative: perhaps');
    const line = text.split('\n').indexOf('  illustrative: perhaps') + 1;
    expect(refusal(text).details.errors?.[0]).toMatchObject({ line, column: 17 });
  });

  it('lists every fault, in the order of the file', () => {
    const text = SMALL.replace('weight: 3', 'weight: 0').replace('illustrative: true', 'illustrative: 1');
    const { details } = refusal(text);
    expect(details.errors?.map(({ code }) => code)).toEqual(['wrong-type', 'out-of-range']);
    expect(details.detail).toContain('2 faults');
  });

  it('lists no more than a hundred', () => {
    const many = Array.from({ length: 200 }, (_, index) => `x${index}: 1`).join('\n');
    const { details } = refusal(`${SMALL}\n${many}\n`);
    expect(details.errors).toHaveLength(100);
    expect(details.detail).toContain('200 faults; the first 100 are listed');
  });
});
