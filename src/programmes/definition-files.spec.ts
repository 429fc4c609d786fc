import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { changedDefinition } from '../../test/support/changed-definition.js';
import { parseDefinition } from './definition.parser.js';

const read = (name: string) => readFileSync(new URL(`../../programmes/${name}`, import.meta.url), 'utf8');

describe('the mental health exemplars', () => {
  const definition = parseDefinition(read('mental-health-exemplars.yaml'), 'mental-health-exemplars.yaml');
  const trusts = ['RWX', 'RXT', 'RW4', 'RX4', 'RNU', 'RV5', 'R1A'];

  it('are seven trusts with £5m each, matched: £35m, £35m and £70m', () => {
    expect(definition.controlTotals).toMatchObject({
      grantPence: 3_500_000_000,
      matchPence: 3_500_000_000,
      totalPence: 7_000_000_000,
    });
    expect(definition.awardTotals.map(({ trustOds, grantPence }) => [trustOds, grantPence])).toEqual(
      trusts.map((ods) => [ods, 500_000_000]),
    );
    expect(definition.programme.matchRatio).toMatchObject({ matchPence: 1, perGrantPence: 1 });
  });

  it('mark every split by year as assumed, and the totals as sourced', () => {
    expect(definition.awards).toHaveLength(42);
    expect(definition.awards.every(({ provenance }) => provenance.assumed !== null)).toBe(true);
    expect(definition.awardTotals.every(({ provenance }) => provenance.source !== null)).toBe(true);
  });

  it('are paid in five instalments each, all of them assumed', () => {
    const { awardTranches } = definition;
    expect(awardTranches.map(({ trustOds, number }) => `${trustOds} ${number}`)).toEqual(
      trusts.flatMap((ods) => [1, 2, 3, 4, 5].map((number) => `${ods} ${number}`)),
    );
    const shape = (ods: string) =>
      awardTranches
        .filter(({ trustOds }) => trustOds === ods)
        .map(({ basis, grantPence }) => [basis, grantPence]);
    for (const ods of trusts)
      expect(shape(ods)).toEqual([
        ['advance', 100_000_000],
        ['delivery', 150_000_000],
        ['delivery', 125_000_000],
        ['delivery', 75_000_000],
        ['delivery', 50_000_000],
      ]);
    for (const { provenance } of awardTranches)
      expect(provenance).toEqual({
        source: null,
        assumed: expect.stringMatching(/acute exemplars .* inference/),
      });
  });

  it('plan no instalment before the milestones that open it, and end each with accreditation', () => {
    const milestones = new Map(
      definition.milestones.map((each): [string, typeof each] => [`${each.projectCode}/${each.code}`, each]),
    );
    const opening = definition.awardTranches.flatMap(({ plannedOn, number, milestones: names }) =>
      names.map((name) => ({ plannedOn, number, milestone: milestones.get(name) })),
    );
    expect(opening.length).toBeGreaterThan(28);
    for (const { plannedOn, milestone } of opening)
      expect(milestone && milestone.baselineOn <= plannedOn).toBe(true);
    const last = opening.filter(({ number }) => number === 5).map(({ milestone }) => milestone?.kind);
    expect(last.filter((kind) => kind === 'accreditation')).toHaveLength(7);
  });

  it('ask for a second approver above £500,000, name what can be claimed for, and say that it is assumed', () => {
    const { payments, eligibility, agreementConditions } = definition.programme;
    expect(payments).toEqual({
      secondApproverAbovePence: 50_000_000,
      provenance: { source: null, assumed: expect.stringContaining('No source') },
    });
    expect(eligibility.categories.map(({ code }) => code)).toEqual([
      'hardware',
      'software',
      'staff',
      'training',
      'integration',
      'assurance',
      'evaluation',
    ]);
    expect(agreementConditions?.texts).toHaveLength(6);
    expect(agreementConditions?.provenance.assumed).toContain('inference');
  });

  it('have projects for every trust, and an assumed one for Birmingham', () => {
    expect(new Set(definition.projects.map(({ trustOds }) => trustOds))).toEqual(new Set(trusts));
    const birmingham = definition.projects.filter(({ trustOds }) => trustOds === 'RXT');
    expect(birmingham.map(({ provenance }) => provenance.source)).toEqual([null]);
  });

  it('have three target sets with measures, baselines and a point for every quarter', () => {
    const shape = definition.targetSets.map(({ code, measures }) => [code, measures.length]);
    expect(shape).toEqual([
      ['universal-capabilities', 10],
      ['maturity-self-assessment', 14],
      ['exemplar-aims', 8],
    ]);
    const labels = definition.periods.map(({ label }) => label);
    expect(labels).toHaveLength(12);
    for (const { measures } of definition.targetSets)
      for (const measure of measures) {
        expect(measure.trajectory.map(({ period }) => period)).toEqual(labels);
        expect(measure.trajectory.at(-1)).toMatchObject(measure.target);
        expect(measure.baseline?.provenance.assumed).toBeTruthy();
      }
  });

  it('give a trust its names in order of time', () => {
    const ntw = definition.organisations.find(({ odsCode }) => odsCode === 'RX4');
    expect(ntw?.names.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['Northumberland, Tyne and Wear NHS Foundation Trust', null, '2019-09-30'],
      ['Cumbria, Northumberland, Tyne and Wear NHS Foundation Trust', '2019-10-01', null],
    ]);
  });

  it('have seven followers, all of them only proposed', () => {
    const roles = definition.organisations.flatMap((organisation) => organisation.roles);
    const followers = roles.filter(({ role }) => role === 'fast-follower');
    expect(followers.map(({ followsOds }) => followsOds).sort()).toEqual([...trusts].sort());
    expect(followers.every(({ status }) => status === 'proposed')).toBe(true);
    expect(definition.programme.followers).toEqual({
      mostAwardPence: 300_000_000,
      provenance: { source: 'followers-hsj', assumed: null },
    });
  });
});

describe('the invented programme', () => {
  const definition = parseDefinition(read('rural-broadband.yaml'), 'rural-broadband.yaml');

  it('says so, and is unlike the other one', () => {
    expect(definition.programme).toMatchObject({
      illustrative: true,
      awardeeTerm: { plural: 'councils' },
      matchRatio: { matchPence: 1, perGrantPence: 2 },
      calendar: { cadence: 'monthly' },
    });
    expect(definition.programme.confidenceScale.points).toHaveLength(3);
    expect(definition.awardTotals[0]?.grantPence).toBe(70_000_050);
    expect(definition.periods).toHaveLength(18);
    expect(definition.targetSets[0]?.measures[0]?.direction).toBe('down');
  });

  it('is paid in other instalments, above another threshold, for other costs', () => {
    expect(
      definition.awardTranches.map(({ trustOds, number, basis, grantPence }) => [
        trustOds,
        number,
        basis,
        grantPence,
      ]),
    ).toEqual([
      ['ZZC01', 1, 'delivery', 45_000_050],
      ['ZZC01', 2, 'delivery', 25_000_000],
      ['ZZC02', 1, 'advance', 12_000_000],
      ['ZZC02', 2, 'delivery', 38_000_000],
    ]);
    expect(definition.programme.payments?.secondApproverAbovePence).toBe(10_000_000);
    expect(definition.programme.eligibility.categories).toHaveLength(3);
    expect(definition.programme.agreementConditions?.texts).toHaveLength(1);
  });

  it('can leave out its instalments, threshold, categories and conditions', () => {
    const change = {
      '/awards/0/tranches': undefined,
      '/payments': undefined,
      '/agreement': undefined,
      '/followers': undefined,
      '/eligibility/categories': undefined,
    };
    const { awardTranches, programme } = parseDefinition(stringify(changedDefinition(change)), 'less.yaml');
    expect(awardTranches.map(({ trustOds }) => trustOds)).toEqual(['ZZC02', 'ZZC02']);
    expect(programme).toMatchObject({ payments: null, agreementConditions: null, followers: null });
    expect(programme.eligibility.categories).toEqual([]);
  });
});
