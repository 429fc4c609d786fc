import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../src/web/', import.meta.url));
const VIEWS = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.njk'))
  .map((name) => ({ name, text: readFileSync(`${WEB}${name}`, 'utf8') }));

/** What a view marks as markup that is safe, each with its reason. */
const MAY_TRUST: Record<string, string> = {
  'macros/chart.njk': 'a chart is drawn by this program, which escapes its labels',
};

const naming = (pattern: RegExp): string[] =>
  VIEWS.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

test('there are views', () => expect(VIEWS.length).toBeGreaterThan(50));

test('nobody’s words become markup', () =>
  expect(naming(/\|\s*safe\b|autoescape/).sort()).toEqual(Object.keys(MAY_TRUST)));

test('a view holds no script, style or handler: the policy would refuse them', () => {
  expect(naming(/<script(?![^>]*nonce=)|<style/)).toEqual([]);
  expect(naming(/<[a-z][^>]*\s(style|on[a-z]+)=/)).toEqual([]);
});

test('every form that changes something carries what protects it', () => {
  const bare = VIEWS.filter(({ text }) => /<form[^>]*method="post"/.test(text)).filter(
    ({ name, text }) => !/form\.hidden\(|hidden\(|name="_csrf"/.test(text) && name !== 'account/people.njk',
  );
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test('a whole page has the layout, and so its one heading', () => {
  const whole = VIEWS.filter(({ text }) => /{% extends "page\/layout.njk" %}/.test(text));
  expect(whole.filter(({ text }) => /<h1\b/.test(text)).map(({ name }) => name)).toEqual([]);
});
