import { isDateOn } from '../../core/calendar.js';
import { AS_AT } from '../../http/access.js';
import { day, instant } from './format.js';

/** The moment that somebody asked for, in words: "31 March 2018 at 2:05pm", or "the end of 31 March 2018". */
export function momentInWords(asked: string): string {
  return isDateOn(asked) ? `the end of ${day(asked)}` : instant(asked);
}

const LINK = /(<a\b[^>]*?\shref=")(\/(?!\/|assets\/|sign-in|sign-out)(?:&#\d+;|[^"#])*)(#[^"]*)?"/g;
const NARROWING = /<form method="get"[^>]*\sclass="app-filter"[^>]*>/g;

/** An address that asks for a past moment. */
export function addressAsAt(path: string, asked: string, and = '&'): string {
  return `${path}${path.includes('?') ? and : '?'}${AS_AT}=${encodeURIComponent(asked)}`;
}

/** A page on which every link to another page of ours, and each form that narrows a list, carries the moment on. */
export function carryDate(html: string, asked: string): string {
  return html
    .replaceAll(LINK, (_, before: string, path: string, fragment = '') =>
      new RegExp(`[?&;]${AS_AT}=`).test(path)
        ? `${before}${path}${fragment}"`
        : `${before}${addressAsAt(path, asked, '&amp;')}${fragment}"`,
    )
    .replaceAll(
      NARROWING,
      (form) => `${form}<input type="hidden" name="${AS_AT}" value="${encodeURI(asked)}">`,
    );
}
