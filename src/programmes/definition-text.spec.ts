import { type Fault, Problem } from '../core/problems.js';
import { parseDefinition } from './definition.parser.js';

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

describe('a text that is not YAML, or more than a definition needs, is refused with the place', () => {
  const syntax: [what: string, text: string, line: number, column: number, words: string][] = [
    ['a bracket that is not closed', 'a: [1, 2\nb: 3\n', 2, 1, 'not YAML'],
    ['a tab for indentation', 'a:\n\tb: 1\n', 2, 1, 'not YAML'],
    ['a field twice', 'a: 1\nb:\n  c: 1\n  c: 2\n', 4, 3, 'here twice'],
    ['an alias', 'a: &x 1\nb: *x\n', 1, 4, 'Anchors'],
    ['a tag', 'a: 1\nb: !secret x\n', 2, 4, 'Tags'],
    ['a directive', '%TAG ! x\n---\na: 1\n', 1, 1, 'Directives'],
    ['two documents', 'a: 1\n---\nb: 1\n', 2, 1, 'not YAML'],
    ['a field without a plain name', 'a: 1\n? [b]\n: 2\n', 2, 3, 'plain text'],
    ['a NUL', 'a: 1\nb: x\0y\n', 2, 5, 'character'],
    ['half a character', 'a: 1\nb: \ud800\n', 2, 4, 'character'],
    ['depth 10,000, in brackets', `a: ${'['.repeat(10_000)}`, 1, 66, 'deep'],
    ['depth 10,000, in lists', '- '.repeat(10_000), 1, 127, 'deep'],
    ['10 MB', `a: ${'x'.repeat(10_000_000)}`, 1, 1, 'bytes'],
  ];
  it.each(syntax)('%s', (_what, text, line, column, words) => {
    const { details } = refusal(text);
    expect(details).toMatchObject({ status: 422, code: 'definition-syntax' });
    const fault = details.errors?.[0] as Fault;
    expect(fault.message).toContain(words);
    expect([fault.line, fault.column]).toEqual([line, column]);
  });

  it.each([
    ['nothing', ''],
    ['a comment', '# nothing\n'],
    ['a list', '- 1\n'],
    ['a word', 'hello'],
    ['a prototype', '__proto__: { slug: x }\n'],
  ])('%s is no definition', (_what, text) => {
    expect(refusal(text).code).toBe('definition-invalid');
  });

  it.each([
    ['closing brackets', ']'.repeat(900_000)],
    ['anchors', '&a '.repeat(300_000)],
    ['directives', '%a\n'.repeat(300_000)],
    ['fields', Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ])('a megabyte of %s is refused within seconds', (_what, text) => {
    const startedAt = performance.now();
    expect(refusal(text).status).toBe(422);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});
