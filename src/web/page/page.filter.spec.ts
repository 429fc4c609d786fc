import type { ProblemDetails } from '../../core/problems.js';
import { errorPage } from './page.filter.js';

const refused = (status: number, detail: string): ProblemDetails => ({
  title: 'Refused',
  status,
  code: 'refused',
  detail,
});

test.each([
  [
    403,
    'This needs the permission finding:record, which the role finance-officer does not have. Ask somebody whose role does.',
    ['Your role does not allow it. Ask somebody whose role does.'],
    '/tasks',
  ],
  [403, 'Whoever asked cannot approve.', ['Whoever asked cannot approve.'], '/tasks'],
  [
    404,
    'There is nothing at this address. /docs lists the addresses that there are.',
    ['There is nothing at this address.', expect.stringMatching(/^If you typed/)],
    '/',
  ],
])('a refusal with %d is said in words of a page, and leads on: %s', (status, detail, paragraphs, href) => {
  const { model } = errorPage(refused(status, detail), 'r1');
  expect(model).toMatchObject({ paragraphs, links: [{ href }], reference: null });
});

test('a fault carries the number to ask about', () =>
  expect(errorPage(refused(500, 'Try again.'), 'r1').model).toMatchObject({ reference: 'r1', links: [] }));
