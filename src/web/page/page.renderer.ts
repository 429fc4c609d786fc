import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import nunjucks from 'nunjucks';
import { PROGRAM_FOLDER } from '../../config/places.js';
import type { DateOn } from '../../core/calendar.js';
import type { Fault } from '../../core/problems.js';
import { carryDate } from './carried-date.js';
import type { Filling } from './filling.js';
import * as format from './format.js';
import type { NavigationItem, Viewer } from './navigation.js';
import type { Page } from './page.js';
import { isNumeric, type Sorting, shown, sorted, sortingOf, type Table } from './table.js';

/** The folder of the views, and of what they are served with. */
export const WEB_FOLDER = fileURLToPath(new URL('web/', PROGRAM_FOLDER));
/** The NHS design system as it is installed. */
export const NHSUK_FOLDER = dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json'));

/** What surrounds a page: who sees it, where it is, and what its forms carry. */
export interface Surroundings {
  viewer: Viewer | null;
  /** Whether they may see the history of things. */
  mayReadLog: boolean;
  navigation: NavigationItem[];
  /** The address of the page, with its query. */
  url: string;
  /** Goes into `script-src` and into the page's own scripts. */
  nonce: string;
  /** A new one for each form: what is sent twice is done once. */
  newKey: () => string;
  csrf: string | null;
  notice: string | null;
  filling: Filling | null;
  /** The past moment that it is answered from. */
  asAt: { asked: string; words: string; empty: boolean } | null;
  /** What else the address says: another day leaves it as it is. */
  kept: Array<{ name: string; value: string }>;
  today: DateOn;
  /** The day that it really is in London: the log knows no other. */
  calendarDay: DateOn;
  /** Whether today is a demonstration's day. */
  demonstration: boolean;
}

const ERRORS = '<!-- errors -->';

/** Turns pages into HTML. Views escape all they are given, so nobody's words become markup. */
@Injectable()
export class PageRenderer {
  private readonly environment = environment();

  /** @throws Error where the view has a fault */
  html(page: Page, around: Surroundings): string {
    const { tables = [], charts = [], model = {}, ...rest } = page;
    const asked = new URL(around.url, 'http://page').searchParams;
    const html = this.environment.render(page.view, {
      ...around,
      page: rest,
      ...model,
      tables: byId(tables.map((table) => tableShown(table, around.url, asked.get('sort') ?? undefined))),
      charts: byId(charts),
    });
    const whole = html.replace(ERRORS, () => this.errors(html, around.filling));
    return around.asAt ? carryDate(whole, around.asAt.asked) : whole;
  }

  /** The summary of what was wrong, each line leading to its field where the page has it. */
  private errors(html: string, filling: Filling | null): string {
    if (!filling) return '';
    const { title, detail, faults } = filling;
    const items = faults.map((fault) => ({ text: fault.message, ...fieldOf(html, fault) }));
    return this.environment.render('page/errors.njk', { title, detail, items });
  }
}

const byId = <Each extends { id: string }>(all: readonly Each[]): Record<string, Each> =>
  Object.fromEntries(all.map((each) => [each.id, each]));

function fieldOf(html: string, { pointer }: Fault): { href?: string } {
  const name = pointer.replace(/^\//, '');
  const id = [`${name}-day`, name].find((each) => each !== '' && html.includes(` id="${each}"`));
  return id ? { href: `#${id}` } : {};
}

/** A table as its macro shows it: its rows in the order that is asked for, and the addresses that order it otherwise. */
function tableShown(table: Table, url: string, asked: string | undefined) {
  const sorting = sortingOf(asked, table);
  const { rows } = sorting ? sorted(table, sorting) : table;
  return {
    ...table,
    rows,
    headings: table.headings.map((heading) => ({
      ...heading,
      numeric: isNumeric(heading.kind),
      sort: sorting?.key === heading.key ? (sorting.descending ? 'descending' : 'ascending') : 'none',
      href: `${addressWith(url, 'sort', nextSort(table.id, heading.key, sorting))}#${table.id}`,
    })),
    download: addressWith(url, 'download', table.id),
    wholeList: table.next && table.whole && addressWith('/exports/new', 'list', table.whole),
  };
}

function nextSort(id: string, key: string, sorting: Sorting | null): string {
  const turned = sorting?.key === key && !sorting.descending;
  return `${turned ? '-' : ''}${id}.${key}`;
}

/** An address with one of its parameters set anew. */
function addressWith(url: string, name: string, value: string): string {
  const { pathname, searchParams } = new URL(url, 'http://page');
  searchParams.set(name, value);
  return `${pathname}?${searchParams}`;
}

/** Addresses of assets carry what is in them, so that browsers may keep them for good. */
function asset(name: string): string {
  const file = name.startsWith('nhsuk/')
    ? join(NHSUK_FOLDER, 'dist', name)
    : join(WEB_FOLDER, 'assets', name);
  const version = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  return `/assets/${name}?v=${version}`;
}

function environment(): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader([WEB_FOLDER, join(NHSUK_FOLDER, 'dist')]);
  const made = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true });
  for (const [name, filter] of Object.entries(format))
    if (typeof filter === 'function') made.addFilter(name, filter as (...values: never[]) => unknown);
  made.addFilter('shown', (value: string | number | null, kind: Parameters<typeof shown>[0]) =>
    shown(kind, value),
  );
  made.addGlobal('assets', {
    style: asset('nhsuk/nhsuk-frontend.min.css'),
    ownStyle: asset('exemplar.css'),
    ownScript: asset('exemplar.js'),
  });
  return made;
}
