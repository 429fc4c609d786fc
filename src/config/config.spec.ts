import { Config } from './config.js';

test('an empty environment is a demonstration on the embedded server', () => {
  const config = new Config({});
  expect(config).toMatchObject({
    production: false,
    demonstration: true,
    port: 3000,
    databaseUrl: undefined,
  });
});

test.each([
  [{ PORT: '70000' }, 'PORT is "70000"'],
  [{ PORT: 'x' }, 'PORT is "x"'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be an address'],
  [{ DATABASE_URL: 'postgres://h/d?options=-c%20x%3D1' }, 'may not carry ?options='],
  [{ REDIS_URL: 'x' }, 'REDIS_URL'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
  [{ DEMONSTRATION: 'yes' }, 'DEMONSTRATION is "yes"'],
  [{ MIGRATE: 'no' }, 'MIGRATE is "no"'],
  [{ EXEMPLAR_TODAY: '2017-02-29' }, 'EXEMPLAR_TODAY'],
  [{ NODE_ENV: 'production' }, 'DATABASE_URL must be set in production'],
  [
    { NODE_ENV: 'production', DATABASE_URL: 'postgres://h/d', DEMONSTRATION: 'true' },
    'cannot be true in production',
  ],
])('%p is refused: %s', (env, words) => expect(() => new Config(env)).toThrow(words));

test.each([
  [{}, 'warn'],
  [{ DEMONSTRATION: 'false' }, 'info'],
  [{ NODE_ENV: 'production', DATABASE_URL: 'postgres://h/d' }, 'info'],
  [{ LOG_LEVEL: 'debug' }, 'debug'],
])('%p logs at %s', (env, level) => expect(new Config(env).logLevel).toBe(level));

test('every fault is named at once', () => {
  expect(() => new Config({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
});

test('no fault repeats a secret', () => {
  expect(() => new Config({ DATABASE_URL: 'mysql://u:hunter2@h/d' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});
