import type { DefinitionChange } from '../../programmes/definition-section.js';
import { agreedBlockers } from './award.rules.js';

const AGREED = new Map([['RW4', 'MH-001']]);

describe('agreedBlockers', () => {
  test.each<[string, string, string, DefinitionChange['change'], string[], boolean]>([
    ['the grant of an award', 'award', 'RW4', 'change', ['grant_pence'], true],
    ['where an award comes from', 'award', 'RW4', 'change', ['provenance'], false],
    ['the match of a line', 'award-line', 'RW4 2017/18 capital', 'change', ['match_pence'], true],
    ['a line more', 'award-line', 'RW4 2017/18 capital', 'add', ['grant_pence'], true],
    ['the day of an instalment', 'award-tranche', 'RW4 2', 'change', ['planned_on'], true],
    ['what opens an instalment', 'award-tranche', 'RW4 2', 'change', ['milestones'], true],
    ['how an instalment is called', 'award-tranche', 'RW4 2', 'change', ['name'], false],
    ['how it is called, and its amount', 'award-tranche', 'RW4 2', 'change', ['name', 'grant_pence'], true],
    ['its name and where it comes from', 'award-tranche', 'RW4 2', 'change', ['name', 'provenance'], false],
    ['an instalment more', 'award-tranche', 'RW4 6', 'add', ['number'], true],
    ['an instalment less', 'award-tranche', 'RW4 5', 'remove', [], true],
    ['one of another trust', 'award-tranche', 'RW41 2', 'change', ['planned_on'], false],
  ])('%s', (_what, section, key, change, names, refused) => {
    const fields = names.map((name) => ({ name, before: 1, after: 2 }));
    const found = agreedBlockers({ section, key, change, fields }, AGREED);
    expect(found.map(({ code, pointer }) => [code, pointer])).toEqual(
      refused ? [['award-is-agreed', `/${section}/${key}`]] : [],
    );
  });

  test('says in which agreement', () => {
    const [blocker] = agreedBlockers(
      { section: 'award-tranche', key: 'RW4 5', change: 'remove', fields: [] },
      AGREED,
    );
    expect(blocker?.message).toBe(
      'The award tranche RW4 5 is agreed in MH-001, and a definition does not change what is agreed. Put it back as it is in force, and vary the agreement by a change request.',
    );
  });
});
