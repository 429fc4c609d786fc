import type { OpenPage, Visitor } from './pages.js';

/** Where a form led to. It fails where the form was refused. */
export function ledTo(page: Pick<OpenPage, 'status' | 'location' | 'errors'>): string {
  expect([page.status, page.errors()]).toEqual([303, []]);
  return page.location as string;
}

/** Takes a step of a thing, from the page of the step. */
export const takeStep = (
  by: Visitor,
  of: string,
  step: string,
  fields: Record<string, string> = {},
): Promise<OpenPage> => by.send(`${of}/steps/${step}`, fields);

/** The addresses of the links of a page, beside its frame. */
export const linksOn = (page: OpenPage): string[] =>
  [...page.document.querySelectorAll('main a')].map((link) => link.getAttribute('href') ?? '');

/** The steps that a page offers: of a thing's life, to edit it, or to begin another. */
export const stepsOn = (page: OpenPage): string[] =>
  linksOn(page).flatMap(
    (href) => /\/(?:steps\/([a-z-]+)|(edit|new))$/.exec(href)?.slice(1).filter(Boolean) ?? [],
  );
