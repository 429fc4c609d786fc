import { localPath } from './return-to.rules.js';

test.each([
  ['/', '/'],
  ['/returns/1?page=2#money', '/returns/1?page=2#money'],
  ['/a/../b', '/b'],
  ['/caf%C3%A9', '/caf%C3%A9'],
  ['/café', '/caf%C3%A9'],
  ['/sign-insurance', '/sign-insurance'],
  [`/${'a'.repeat(1_999)}`, `/${'a'.repeat(1_999)}`],
])('%p leads to %p', (wanted, path) => expect(localPath(wanted)).toBe(path));

test.each([
  [undefined],
  [''],
  ['returns'],
  ['https://evil.example'],
  ['javascript:alert(1)'],
  ['//evil.example'],
  ['///evil.example'],
  ['/\\evil.example'],
  ['/a\\b'],
  ['\\/evil.example'],
  ['/\t/evil.example'],
  ['/\n/evil.example'],
  ['/a\u0000'],
  ['/a\u007f'],
  ['/.//evil.example'],
  ['/x/..//evil.example'],
  ['/%2e%2e//evil.example'],
  ['/\ud800'],
  [`/${'a'.repeat(2_000)}`],
  ['/sign-in'],
  ['/sign-in/callback?code=1'],
  ['/sign-out'],
  ['/oidc/auth'],
  ['/a/../oidc/auth'],
])('%p leads to the start page', (wanted) => expect(localPath(wanted)).toBe('/'));
