import { Config } from './config.js';

const MAIL = { SMTP_URL: 'smtps://u:hunter2@mail.example', MAIL_FROM: 'exemplar@example.org' };

test('by itself no mail goes out', () => {
  expect(new Config({}).mail).toEqual({ server: undefined, auditors: [], notices: new Map() });
});

test('the settings name the server and the auditors', () => {
  const env = { ...MAIL, CHECKPOINT_MAIL_TO: 'a@audit.example, b@audit.example,' };
  expect(new Config(env).mail).toEqual({
    server: { smtpUrl: MAIL.SMTP_URL, from: MAIL.MAIL_FROM },
    auditors: ['a@audit.example', 'b@audit.example'],
    notices: new Map(),
  });
});

test('notices go to the addresses of an organisation, by its code', () => {
  const to = 'RW4=a@x.example, rv5 = b@x.example,RW4=c@x.example,';
  expect([...new Config({ ...MAIL, NOTICE_MAIL_TO: to }).mail.notices]).toEqual([
    ['RW4', ['a@x.example', 'c@x.example']],
    ['RV5', ['b@x.example']],
  ]);
});

test.each([
  [{ SMTP_URL: 'http://h', MAIL_FROM: 'a@b' }, 'SMTP_URL must be an address'],
  [{ SMTP_URL: 'smtp://h' }, 'MAIL_FROM must be set'],
  [{ CHECKPOINT_MAIL_TO: 'a@b.example' }, 'SMTP_URL must be set'],
  [{ ...MAIL, MAIL_FROM: 'Exemplar <a@b.example>' }, 'MAIL_FROM is "Exemplar <a@b.example>"'],
  [{ ...MAIL, CHECKPOINT_MAIL_TO: 'nobody' }, 'CHECKPOINT_MAIL_TO has "nobody"'],
  [{ ...MAIL, CHECKPOINT_MAIL_TO: 'a@b.example\r\nBcc: c@d.example' }, 'CHECKPOINT_MAIL_TO has'],
  [{ ...MAIL, CHECKPOINT_MAIL_TO: 'a@b.example> <c@d.example' }, 'CHECKPOINT_MAIL_TO has'],
  [{ ...MAIL, CHECKPOINT_MAIL_TO: '"a\nb"@b.example' }, 'CHECKPOINT_MAIL_TO has'],
  [{ NOTICE_MAIL_TO: 'RW4=a@b.example' }, 'SMTP_URL must be set with NOTICE_MAIL_TO'],
  [{ ...MAIL, NOTICE_MAIL_TO: 'a@b.example' }, 'NOTICE_MAIL_TO has "a@b.example"'],
  [{ ...MAIL, NOTICE_MAIL_TO: 'RW4=a@b.example\r\nBcc: c@d.example' }, 'NOTICE_MAIL_TO has'],
  [{ ...MAIL, MAIL_FROM: 'a@b.example\nSubject: x' }, 'MAIL_FROM is'],
])('%p is refused: %s', (env, words) => expect(() => new Config(env)).toThrow(words));
