import { Config } from './config.js';

test('by itself a demonstration signs under its own name, with a key in its data, and publishes nothing elsewhere', () => {
  expect(new Config({ DATA_DIR: '/srv/data' }).checkpoints).toEqual({
    on: true,
    origin: 'localhost/log',
    keyFile: '/srv/data/checkpoint-key.pem',
    makesKey: true,
    storage: null,
  });
});

test('the settings name the log, its key and where checkpoints go', () => {
  const env = {
    CHECKPOINT_ORIGIN: 'exemplar.example/log',
    CHECKPOINT_KEY_FILE: '/etc/exemplar/key.pem',
    CHECKPOINT_S3_BUCKET: 'checkpoints',
  };
  expect(new Config(env).checkpoints).toEqual({
    on: true,
    origin: 'exemplar.example/log',
    keyFile: '/etc/exemplar/key.pem',
    makesKey: false,
    storage: { kind: 's3', bucket: 'checkpoints', region: 'eu-west-2', endpoint: undefined },
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
])('%p is refused: %s', (env, words) => expect(() => new Config(env)).toThrow(words));
