import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { nodesOf, type SourceFile, sourceFile, sourceFiles } from './support/source-files.js';

/**
 * What asks another server for something, each with where the address comes from: the operator's settings, and never
 * what somebody sends.
 */
const MAY_FETCH: Record<string, string> = {
  'src/database/embedded-postmaster.ts': 'looks for a free port of this machine',
  'src/cli/serve.ts': 'looks whether the port is free',
  'src/identity/oidc-client.ts': 'OIDC_ISSUER, what it says of itself, and this very server',
  'src/notifications/mailer.ts': 'SMTP_URL',
  'src/storage/disk.ts': 'EVIDENCE_S3_ENDPOINT, CHECKPOINT_S3_ENDPOINT',
};

/** Packages that open connections to a server by its address; databases and the queue have rules of their own. */
const CONNECTING =
  /^(node:(http|https|http2|net|tls|dgram|dns)(\/promises)?|undici|nodemailer|openid-client|@aws-sdk\/.*|flydrive\/drivers\/s3|axios|got|ws)$/;

/** Whether a file can ask another server for something. */
function fetches({ imports, tree }: SourceFile): boolean {
  const calls = nodesOf(tree, ts.isCallExpression).some(({ expression }) =>
    /^(globalThis\.)?fetch$|^new (WebSocket|EventSource)$/.test(expression.getText(tree)),
  );
  const made = nodesOf(tree, ts.isNewExpression).some(({ expression }) =>
    ['WebSocket', 'EventSource', 'XMLHttpRequest'].includes(expression.getText(tree)),
  );
  return calls || made || imports.some(({ specifier, typeOnly }) => !typeOnly && CONNECTING.test(specifier));
}

test('nothing asks another server for anything but what the operator set', () => {
  const found = sourceFiles().filter(
    (file) => !file.path.endsWith('.spec.ts') && !file.path.includes('/assets/') && fetches(file),
  );
  expect(found.map(({ path }) => path).sort()).toEqual(Object.keys(MAY_FETCH).sort());
});

test.each([
  ['await fetch(address)', true],
  ['await globalThis.fetch(address)', true],
  ["import { request } from 'node:https'; request(address)", true],
  ["import type { Socket } from 'node:net'", false],
  ["import { request } from 'undici';", true],
  ['new WebSocket(address)', true],
  ['prefetch(address)', false],
])('%s asks another server: %p', (text, does) =>
  expect(fetches(sourceFile('src/core/a.ts', text))).toBe(does),
);

test('what the security page names is there: each file, and each test in it', () => {
  const page = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
  const files = [
    ...new Set(
      [...page.matchAll(/`((?:src|test|migrations|docs|scripts)\/[\w./-]+)`/g)].map(
        ([, path]) => path as string,
      ),
    ),
  ];
  expect(files.length).toBeGreaterThan(40);
  const missing = files.filter((path) => {
    try {
      return readFileSync(new URL(`../${path}`, import.meta.url)).length === 0;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'EISDIR';
    }
  });
  expect(missing).toEqual([]);
  const named = [...page.matchAll(/`(test\/[\w./-]+\.ts)` \(([^)]+)\)/g)];
  expect(named.length).toBeGreaterThan(20);
  const without = named.filter(
    ([, path, words]) =>
      !readFileSync(new URL(`../${path}`, import.meta.url), 'utf8').includes(words as string),
  );
  expect(without.map(([whole]) => whole)).toEqual([]);
});
