// The environment of a test file whose queue is on Redis.
process.env.TEST_QUEUE = 'redis';
