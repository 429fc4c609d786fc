import { Config } from './config.js';

const MAIL = { SMTP_URL: 'smtps://u:hunter2@mail.example', MAIL_FROM: 'exemplar@example.org' };

test('by itself a demonstration signs under its own name, with a key in its data, and publishes nothing elsewhere', () => {
  expect(new Config({ DATA_DIR: '/srv/data' }).checkpoints).toEqual({
    on: true,
    origin: 'localhost/log',
    keyFile: '/srv/data/checkpoint-key.pem',
    makesKey: true,
    storage: null,
  });
  expect(new Config({}).checkpointMail).toEqual({ mail: undefined, to: [] });
});

test('the settings name the log, its key and where checkpoints go', () => {
  const env = {
    CHECKPOINT_ORIGIN: 'exemplar.example/log',
    CHECKPOINT_KEY_FILE: '/etc/exemplar/key.pem',
    CHECKPOINT_S3_BUCKET: 'checkpoints',
    CHECKPOINT_MAIL_TO: 'a@audit.example, b@audit.example,',
    ...MAIL,
  };
  expect(new Config(env).checkpoints).toEqual({
    on: true,
    origin: 'exemplar.example/log',
    keyFile: '/etc/exemplar/key.pem',
    makesKey: false,
    storage: { kind: 's3', bucket: 'checkpoints', region: 'eu-west-2', endpoint: undefined },
  });
  expect(new Config(env).checkpointMail).toEqual({
    mail: { smtpUrl: MAIL.SMTP_URL, from: MAIL.MAIL_FROM },
    to: ['a@audit.example', 'b@audit.example'],
  });
  expect(new Config({ PUBLIC_URL: 'https://exemplar.org' }).checkpoints.origin).toBe('exemplar.org/log');
  expect(new Config({ CHECKPOINT_FOLDER: '/srv/out' }).checkpoints.storage).toEqual({
    kind: 'folder',
    folder: '/srv/out',
  });
});

test.each([
  [{ CHECKPOINTS: 'no' }, 'CHECKPOINTS is "no"'],
  [{ CHECKPOINT_ORIGIN: 'two words' }, 'CHECKPOINT_ORIGIN is "two words"'],
  [{ CHECKPOINT_ORIGIN: 'a+b' }, 'CHECKPOINT_ORIGIN is "a+b"'],
  [{ CHECKPOINT_FOLDER: '/a', CHECKPOINT_S3_BUCKET: 'b' }, 'are both set'],
  [{ DATABASE_NOTARY_URL: 'mysql://h' }, 'DATABASE_NOTARY_URL must be an address'],
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

test('notices go to those who lead a trust’s projects, by its code; to nobody where none is named', () => {
  const to = 'RW4=a@x.example, rv5 = b@x.example,RW4=c@x.example,';
  expect([...new Config({ ...MAIL, NOTICE_MAIL_TO: to }).noticeMailTo]).toEqual([
    ['RW4', ['a@x.example', 'c@x.example']],
    ['RV5', ['b@x.example']],
  ]);
  expect(new Config({}).noticeMailTo.size).toBe(0);
});
