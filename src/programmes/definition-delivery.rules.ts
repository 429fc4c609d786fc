import { type DefinitionFault, duplicates } from './definition-fault.js';
import type { DefinitionFile, RangeEntry } from './definition-file.types.js';
import { periodOf } from './reporting-calendar.rules.js';

/** Rules of delivery: dates, the calendar, projects with their goals and milestones, and lists of codes. */
export function deliveryFaults(file: DefinitionFile): DefinitionFault[] {
  return [
    ...reversed(file.programme, '/programme'),
    ...reversed(file.eligibility, '/eligibility'),
    ...reversed(file.match.rules, '/match/rules'),
    ...calendarFaults(file),
    ...projectFaults(file),
    ...milestoneFaults(file),
    ...codeFaults(file),
  ];
}

function reversed({ startsOn, endsOn }: RangeEntry, pointer: string): DefinitionFault[] {
  if (startsOn <= endsOn) return [];
  const message = `This ends on ${endsOn}, before it starts on ${startsOn}. Correct one of them.`;
  return [{ code: 'dates-reversed', message, pointer: `${pointer}/endsOn` }];
}

function calendarFaults({ calendar, programme }: DefinitionFile): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  const add = (code: string, field: string, message: string) =>
    faults.push({ code, message, pointer: `/calendar/${field}` });

  for (const field of ['first', 'last'] as const) {
    const period = periodOf(calendar[field], calendar.cadence);
    if (!period) {
      const example = calendar.cadence === 'quarterly' ? '2017/18 Q1' : '2017/18 M01';
      const message = `${calendar[field]} is not a period of a ${calendar.cadence} calendar. Write one such as ${example}.`;
      add('not-a-period', field, message);
    } else if (period.startsOn > programme.endsOn || period.endsOn < programme.startsOn) {
      const message = `${calendar[field]} is outside the programme, which runs from ${programme.startsOn} to ${programme.endsOn}. Correct the period or the programme's dates.`;
      add('period-outside-programme', field, message);
    }
  }
  if (calendar.last < calendar.first) {
    const message = `The last period, ${calendar.last}, is before the first, ${calendar.first}. Correct one of them.`;
    add('periods-reversed', 'last', message);
  }
  if (calendar.dueDaysAfterEnd < calendar.opensDaysAfterEnd) {
    const message = `Returns are due ${calendar.dueDaysAfterEnd} days after a period ends, and open only after ${calendar.opensDaysAfterEnd}. Make them due later.`;
    add('due-before-open', 'dueDaysAfterEnd', message);
  }
  return faults;
}

function projectFaults({ projects }: DefinitionFile): DefinitionFault[] {
  return [
    ...duplicates(
      'project',
      projects,
      ({ code }) => code,
      (index) => `/projects/${index}/code`,
    ),
    ...projects.flatMap(({ goals }, project) =>
      duplicates(
        'goal',
        goals,
        ({ code }) => code,
        (index) => `/projects/${project}/goals/${index}/code`,
      ),
    ),
  ];
}

function milestoneFaults({ projects, programme }: DefinitionFile): DefinitionFault[] {
  const placed = projects.flatMap(({ milestones }, project) =>
    milestones.map((milestone, index) => ({
      ...milestone,
      pointer: `/projects/${project}/milestones/${index}`,
    })),
  );
  const repeated = projects.flatMap(({ milestones }, project) =>
    duplicates(
      'milestone',
      milestones,
      ({ code }) => code,
      (index) => `/projects/${project}/milestones/${index}/code`,
    ),
  );
  const outside = placed.flatMap(({ baselineOn, pointer }) => {
    if (baselineOn >= programme.startsOn && baselineOn <= programme.endsOn) return [];
    const message = `The baseline ${baselineOn} is outside the programme, which runs from ${programme.startsOn} to ${programme.endsOn}. Correct the baseline or the programme's dates.`;
    return [{ code: 'milestone-outside-programme', message, pointer: `${pointer}/baselineOn` }];
  });
  return [...repeated, ...outside];
}

function codeFaults(file: DefinitionFile): DefinitionFault[] {
  const lists = {
    '/confidenceScale/points': file.confidenceScale.points,
    '/delayReasons': file.delayReasons,
    '/narrativeSections': file.narrativeSections,
    '/match/rules/types': file.match.rules.types,
    '/eligibility/categories': file.eligibility.categories ?? [],
  };
  return Object.entries(lists).flatMap(([pointer, list]) =>
    duplicates<{ code: string }>(
      'code',
      list,
      ({ code }) => code,
      (index) => `${pointer}/${index}/code`,
    ),
  );
}
