import type { Parts } from './definition.types.js';
import { type DefinitionFault, duplicates, escapeToken } from './definition-fault.js';
import type { DefinitionFile, MeasureTerms, TargetSetEntry } from './definition-file.types.js';
import { calendarPeriods } from './reporting-calendar.rules.js';

/** `40/100` as its parts. */
export function partsOf(text: string): Parts {
  const [numerator, denominator] = text.split('/').map(Number) as [number, number];
  return { numerator, denominator };
}

/** Which of two values is greater, without dividing: negative where `a` is less than `b`. */
function compareParts(a: Parts, b: Parts): bigint {
  return BigInt(a.numerator) * BigInt(b.denominator) - BigInt(b.numerator) * BigInt(a.denominator);
}

const NEEDED = [
  'numeratorLabel',
  'denominatorLabel',
  'unit',
  'direction',
  'weight',
  'level',
  'target',
] as const satisfies readonly (keyof MeasureTerms)[];

/** The place in the file of a measure's term: its own, or its set's default. */
type PlaceOf = (field: keyof MeasureTerms) => string;

/** Rules of target sets and their measures. */
export function targetFaults(file: DefinitionFile): DefinitionFault[] {
  const periods = calendarPeriods(file.calendar).map(({ label }) => label);
  const faults = [
    ...duplicates(
      'target set',
      file.targetSets,
      ({ code, version }) => `${code} version ${version}`,
      (index) => `/targetSets/${index}/code`,
    ),
    ...file.targetSets.flatMap((set, index) => setFaults(set, `/targetSets/${index}`, periods)),
  ];
  return onePerPlace(faults);
}

/** Measures that share a default share its faults too. */
function onePerPlace(faults: DefinitionFault[]): DefinitionFault[] {
  return [...new Map(faults.map((fault) => [`${fault.code} ${fault.pointer}`, fault])).values()];
}

function setFaults(set: TargetSetEntry, pointer: string, periods: string[]): DefinitionFault[] {
  const faults = duplicates(
    'measure',
    set.measures,
    ({ code }) => code,
    (index) => `${pointer}/measures/${index}/code`,
  );
  if (set.supersedes !== undefined && set.supersedes >= set.version) {
    const message = `Version ${set.version} can only supersede an earlier one. Correct the version that it replaces.`;
    faults.push({ code: 'supersedes-later', message, pointer: `${pointer}/supersedes` });
  }
  faults.push(...aboveWhole(set.target, `${pointer}/target`));
  set.measures.forEach((measure, index) => {
    const terms: MeasureTerms = { ...set.defaults, ...measure };
    const own = `${pointer}/measures/${index}`;
    const missing = NEEDED.filter((field) => terms[field] === undefined);
    if (missing.length > 0) {
      const message = `${missing.join(', ')}: missing here. Add it to the measure, or to the defaults of its set.`;
      faults.push({ code: 'missing-field', message, pointer: own });
      return;
    }
    const placeOf: PlaceOf = (field) =>
      `${measure[field] === undefined ? `${pointer}/defaults` : own}/${field}`;
    faults.push(
      ...valuesOf(terms, placeOf).flatMap(({ value, place }) => unitFaults(terms, value, place)),
      ...fallingCountFaults(terms, placeOf),
      ...directionFaults(terms, placeOf),
      ...periodFaults(terms, placeOf, periods),
    );
  });
  return faults;
}

interface PlacedValue {
  value: string;
  place: string;
}

/** The baseline and then the trajectory in order of time: the way in which the measure should move. */
function wayOf({ baseline, trajectory }: MeasureTerms, placeOf: PlaceOf): PlacedValue[] {
  const points = Object.entries(trajectory?.points ?? {}).sort(([a], [b]) => a.localeCompare(b));
  return [
    ...(baseline ? [{ value: baseline.value, place: `${placeOf('baseline')}/value` }] : []),
    ...points.map(([label, value]) => ({
      value,
      place: `${placeOf('trajectory')}/points/${escapeToken(label)}`,
    })),
  ];
}

function valuesOf(terms: MeasureTerms, placeOf: PlaceOf): PlacedValue[] {
  return [...wayOf(terms, placeOf), { value: terms.target as string, place: placeOf('target') }];
}

function unitFaults({ unit }: MeasureTerms, value: string, pointer: string): DefinitionFault[] {
  if (unit !== 'count') return aboveWhole(value, pointer);
  if (partsOf(value).denominator === 1) return [];
  const message = `A count has denominator 1, and this is ${value}. Write it as a number over 1, or make the unit a share.`;
  return [{ code: 'count-denominator', message, pointer }];
}

/** A count is covered as a part of its target, which says nothing where less is better. */
function fallingCountFaults({ unit, direction }: MeasureTerms, placeOf: PlaceOf): DefinitionFault[] {
  if (unit !== 'count' || direction !== 'down') return [];
  const message =
    'A count that is to go down has no whole to be a part of. Make the unit a share, or count what is to go up.';
  return [{ code: 'falling-count', message, pointer: placeOf('direction') }];
}

function aboveWhole(value: string, pointer: string): DefinitionFault[] {
  const { numerator, denominator } = partsOf(value);
  if (numerator <= denominator) return [];
  const message = `In ${value} the part is greater than the whole. Correct one of them, or make the unit a count.`;
  return [{ code: 'part-above-whole', message, pointer }];
}

function directionFaults(terms: MeasureTerms, placeOf: PlaceOf): DefinitionFault[] {
  const against = (from: string, to: string) => {
    const moved = compareParts(partsOf(to), partsOf(from));
    return terms.direction === 'up' ? moved < 0n : moved > 0n;
  };
  const way = wayOf(terms, placeOf);
  const faults = way.flatMap(({ value, place }, index): DefinitionFault[] => {
    const before = way[index - 1];
    if (!before || !against(before.value, value)) return [];
    const message = `The trajectory goes from ${before.value} to ${value}, and the measure is to go ${terms.direction}. Correct the point or the direction.`;
    return [{ code: 'trajectory-against-direction', message, pointer: place }];
  });
  const start = way[0];
  const target = terms.target as string;
  if (start && against(start.value, target)) {
    const message = `The target ${target} is behind the start at ${start.value}, and the measure is to go ${terms.direction}. Correct the target or the direction.`;
    faults.push({ code: 'target-against-direction', message, pointer: placeOf('target') });
  }
  return faults;
}

function periodFaults({ trajectory }: MeasureTerms, placeOf: PlaceOf, periods: string[]): DefinitionFault[] {
  return Object.keys(trajectory?.points ?? {}).flatMap((label) => {
    // A calendar that cannot be read has a fault of its own.
    if (periods.length === 0 || periods.includes(label)) return [];
    const message = `${label} is not a period of the calendar, which runs from ${periods[0]} to ${periods.at(-1)}. Correct the label.`;
    const pointer = `${placeOf('trajectory')}/points/${escapeToken(label)}`;
    return [{ code: 'period-outside-calendar', message, pointer }];
  });
}
