import { newestCheckpoint } from '../src/audit/checkpoint.queries.js';
import { CheckpointPublisher } from '../src/audit/checkpoint-publisher.js';
import { Config } from '../src/config/config.js';
import { createTestDatabase } from './support/database.js';
import { newKey, notaryOf, writerOf } from './support/notary.js';
import { startObjectServer } from './support/s3.js';

test('by configuration alone, checkpoints go to a bucket, each once', async () => {
  const [server, database] = [await startObjectServer(), await createTestDatabase()];
  const [{ notary, scope, end }, writer] = [notaryOf(database), await writerOf(database)];
  const env = { CHECKPOINT_S3_BUCKET: 'checkpoints', CHECKPOINT_S3_ENDPOINT: server.endpoint };
  const publisher = new CheckpointPublisher(scope, new Config(env));
  try {
    const key = newKey();
    expect(await publisher.run()).toBe(0);
    for (const count of [3, 2]) {
      await writer.entries(count);
      await notary.turn(key, { now: true });
    }
    expect(await publisher.run()).toBe(2);
    expect(await publisher.run()).toBe(0);
    const newest = await scope.run(newestCheckpoint);
    expect([...server.objects.keys()].sort()).toEqual([
      '/checkpoints/0000000000000003.txt',
      '/checkpoints/0000000000000005.txt',
      '/checkpoints/latest.txt',
    ]);
    for (const name of ['0000000000000005', 'latest'])
      expect(server.objects.get(`/checkpoints/${name}.txt`)?.toString()).toBe(newest?.note);
  } finally {
    await end();
    await writer.end();
    await database.drop();
    server.stop();
  }
});
