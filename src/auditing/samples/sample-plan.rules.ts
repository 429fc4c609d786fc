import { sumPence } from '../../core/money.js';
import type { Fault } from '../../core/problems.js';
import {
  allocate,
  bandOf,
  type Drawn,
  drawMonetaryUnits,
  drawRandom,
  drawStratified,
  type StratumSize,
  strataOf,
  stratumSizes,
} from './drawing.rules.js';
import type { Parameters, PopulationItem, SampleRequest } from './sample.types.js';
import { monetaryInterval, proportionSize } from './sample-size.rules.js';

/** More items than anybody looks at. */
export const MOST_ITEMS = 2_000;

type Asked = Omit<SampleRequest, 'purpose' | 'seed' | 'asAtNumber'>;

const fault = (code: string, pointer: string, message: string): Fault => ({ code, pointer, message });

/** What is wrong with what was asked, whatever the population is. */
export function requestFaults({ method, population, narrowed, ...asked }: Asked): Fault[] {
  const {
    size,
    expectedPercent,
    precisionPercent,
    tolerablePence,
    stratifyBy,
    bandsPence,
    allocation,
    sizes,
  } = asked;
  const sized = size !== null;
  const needsSize = fault('size-missing', '/size', 'Say how many are to be drawn.');
  if (population === 'payments' && narrowed.kind !== null)
    return [
      fault(
        'payments-have-no-kind',
        '/kind',
        'A payment may pay capital and revenue at once. Sample lines of claims.',
      ),
    ];
  if (method === 'random' && !sized && (expectedPercent === null || precisionPercent === null))
    return [
      fault(
        'size-missing',
        '/size',
        'Say how many, or what proportion is expected and how exactly to find it.',
      ),
    ];
  if (method === 'monetary-unit' && !sized && tolerablePence === null)
    return [fault('size-missing', '/size', 'Say how many, or what error can be tolerated.')];
  if (method !== 'stratified') return [];
  if (stratifyBy === null)
    return [
      fault('stratification-missing', '/stratifyBy', 'Say by what the population is to be stratified.'),
    ];
  if (stratifyBy === 'amount' && !isRising(bandsPence))
    return [
      fault(
        'bands-missing',
        '/bandsPence',
        'Give the upper bounds of the bands in pence, each above the last.',
      ),
    ];
  if (allocation === 'given')
    return sizes === null
      ? [fault('sizes-missing', '/sizes', 'Say how many are to be drawn from each stratum.')]
      : [];
  return sized ? [] : [needsSize];
}

const isRising = (bounds: readonly number[] | null): boolean =>
  bounds !== null &&
  bounds.length > 0 &&
  bounds.every((bound, i) => i === 0 || bound > (bounds[i - 1] as number));

/** A drawing that may go ahead: its parameters, whole. */
export type Plan = { parameters: Parameters } | { faults: Fault[] };

/** What is to be drawn of a population, or why it cannot be. @param asked without faults @param population not empty */
export function planOf(asked: Asked, population: readonly PopulationItem[]): Plan {
  const { method, confidence, stratifyBy, bandsPence, allocation, sizes } = asked;
  const base: Parameters = {
    ...{ confidence, size: asked.size, expectedPercent: null, precisionPercent: null, tolerablePence: null },
    ...{ intervalPence: null, stratifyBy: null, bandsPence: null, allocation: null, sizes: null },
  };
  if (method === 'monetary-unit') return monetaryPlan(asked, base, population);
  if (method === 'random') {
    const { expectedPercent, precisionPercent } = asked;
    const size =
      asked.size ??
      proportionSize(
        confidence,
        { expectedPercent: expectedPercent ?? 50, precisionPercent: precisionPercent ?? 5 },
        population.length,
      );
    const computed = asked.size === null ? { expectedPercent, precisionPercent } : {};
    return sizedPlan({ ...base, size, ...computed }, population);
  }
  const stratified = { ...base, stratifyBy, bandsPence: stratifyBy === 'amount' ? bandsPence : null };
  if (allocation !== 'given')
    return sizedPlan({ ...stratified, allocation: allocation ?? 'proportional' }, population);
  return givenPlan({ ...stratified, allocation, sizes }, population);
}

function sizedPlan(parameters: Parameters, population: readonly PopulationItem[]): Plan {
  const { size } = parameters;
  const most = Math.min(population.length, MOST_ITEMS);
  if (size !== null && size <= most) return { parameters };
  return {
    faults: [
      fault(
        'size-too-large',
        '/size',
        `There are ${population.length}, and at most ${MOST_ITEMS} are drawn at once.`,
      ),
    ],
  };
}

function monetaryPlan(
  { size, tolerablePence, confidence }: Asked,
  base: Parameters,
  population: readonly PopulationItem[],
): Plan {
  const total = sumPence(population.map(({ amountPence }) => amountPence));
  const intervalPence =
    size === null ? monetaryInterval(confidence, tolerablePence ?? 0) : Math.floor(total / size);
  if (intervalPence < 1)
    return {
      faults: [
        size === null
          ? fault(
              'tolerable-too-small',
              '/tolerablePence',
              'The error that can be tolerated is less than the factor.',
            )
          : fault(
              'size-too-large',
              '/size',
              `The population comes to ${total} pence: there are not so many.`,
            ),
      ],
    };
  if (Math.ceil(total / intervalPence) > MOST_ITEMS)
    return {
      faults: [
        fault(
          'size-too-large',
          size === null ? '/tolerablePence' : '/size',
          `That would be more than ${MOST_ITEMS} points. Ask for fewer, or tolerate more.`,
        ),
      ],
    };
  if (size === null && intervalPence > total)
    return {
      faults: [
        fault(
          'tolerable-too-large',
          '/tolerablePence',
          `The population comes to ${total} pence: no error of it matters.`,
        ),
      ],
    };
  return { parameters: { ...base, intervalPence, tolerablePence: size === null ? tolerablePence : null } };
}

function givenPlan(parameters: Parameters, population: readonly PopulationItem[]): Plan {
  const sizes = parameters.sizes ?? [];
  const strata = strataOf(population, stratumNamer(parameters));
  const faults = sizes.flatMap(({ stratum, size }, i) => {
    const there = strata.get(stratum)?.length;
    if (there === undefined)
      return [
        fault(
          'stratum-unknown',
          `/sizes/${i}/stratum`,
          `There is no such stratum. There are: ${[...strata.keys()].join('; ')}.`,
        ),
      ];
    if (size > there)
      return [fault('size-too-large', `/sizes/${i}/size`, `There are ${there} in ${stratum}.`)];
    return [];
  });
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  if (faults.length === 0 && (total < 1 || total > MOST_ITEMS))
    faults.push(fault('size-missing', '/sizes', `Draw 1 to ${MOST_ITEMS} in all.`));
  if (new Set(sizes.map(({ stratum }) => stratum)).size < sizes.length)
    faults.push(fault('stratum-twice', '/sizes', 'Name each stratum once.'));
  return faults.length > 0 ? { faults } : { parameters: { ...parameters, size: total } };
}

/** The name of an item's stratum. */
function stratumNamer({ stratifyBy, bandsPence }: Parameters): (item: PopulationItem) => string {
  if (stratifyBy === 'trust') return ({ trustOds }) => trustOds;
  if (stratifyBy === 'year') return ({ financialYear }) => financialYear;
  return ({ amountPence }) => bandOf(amountPence, bandsPence ?? []);
}

/** Draws a sample: the same parameters, seed and population always give the same. */
export function drawSample(
  method: SampleRequest['method'],
  parameters: Parameters,
  seed: string,
  population: readonly PopulationItem[],
): { drawn: Drawn<PopulationItem>[]; strata: StratumSize[] } {
  const size = parameters.size ?? 0;
  if (method === 'stratified') {
    const strata = strataOf(population, stratumNamer(parameters));
    const { allocation, sizes } = parameters;
    const given = new Map((sizes ?? []).map((each) => [each.stratum, each.size]));
    const each =
      allocation === 'given'
        ? [...strata.keys()].map((name) => given.get(name) ?? 0)
        : allocate([...strata.values()], size, allocation ?? 'proportional');
    const drawn = drawStratified(strata, each, seed);
    return { drawn, strata: stratumSizes(strata, drawn) };
  }
  const drawn =
    method === 'random'
      ? drawRandom(population, size, seed)
      : drawMonetaryUnits(population, parameters.intervalPence ?? 1, seed);
  const pence = sumPence(population.map(({ amountPence }) => amountPence));
  return { drawn, strata: [{ name: 'all', size: population.length, pence, drawn: drawn.length }] };
}
