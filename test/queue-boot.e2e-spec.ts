import { UnitOfWork } from '../src/database/unit-of-work.js';
import { defineJob, HandlesJob } from '../src/queue/job.js';
import { Outbox } from '../src/queue/outbox.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import {
  ADD_ORGANISATION,
  AddOrganisation,
  compileQueueApplication,
  type QueueApplication,
  startQueueApplication,
} from './support/queue-application.js';

let database: TestDatabase;
let queue: QueueApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  queue = await startQueueApplication(database.url);
});
afterAll(async () => {
  await queue.app.close();
  await database.drop();
});

describe('the program does not start', () => {
  const OTHER = defineJob('other-job');

  @HandlesJob(ADD_ORGANISATION)
  class AddOrganisationAgain {
    async handle(): Promise<void> {}
  }

  @HandlesJob(OTHER)
  class HandlesOther {
    async handle(): Promise<void> {}
  }

  test.each([
    ['with a job without a handler', { jobs: [ADD_ORGANISATION, OTHER] }, /other-job has no handler/],
    [
      'with a job with two handlers',
      { providers: [AddOrganisation, AddOrganisationAgain] },
      /add-organisation has two handlers: AddOrganisation and AddOrganisationAgain/,
    ],
    [
      'with a handler of a job that is not listed',
      { providers: [AddOrganisation, HandlesOther] },
      /HandlesOther handles the job other-job/,
    ],
    [
      'with an unknown job in the schedule',
      { schedule: [{ job: 'unknown-job', cron: '0 6 * * *', timeZone: 'Europe/London', what: '' }] },
      /unknown-job is no job/,
    ],
    [
      'with an unknown sweep in the schedule',
      { schedule: [{ job: 'add-organisation', everySeconds: 5, what: '' }] },
      /add-organisation is no sweep/,
    ],
    [
      'with a time that cannot be read',
      { schedule: [{ job: 'add-organisation', cron: '99 6 * * *', timeZone: 'Europe/London', what: '' }] },
      /add-organisation has a wrong time/,
    ],
  ])('%s', async (_, options, message) => {
    const app = await compileQueueApplication(database.url, options);
    try {
      await expect(app.init()).rejects.toThrow(message);
    } finally {
      await app.close();
    }
  });

  test('with a job that is listed twice', async () => {
    await expect(
      compileQueueApplication(database.url, { jobs: [ADD_ORGANISATION, ADD_ORGANISATION] }),
    ).rejects.toThrow('add-organisation is listed twice');
  });

  test('and a job that is not listed cannot be added', async () => {
    const add = queue.app
      .get(UnitOfWork)
      .run({ actor: queue.actor, action: 'test.add' }, (tx) => queue.app.get(Outbox).add(tx, OTHER, {}));
    await expect(add).rejects.toThrow('There is no job other-job');
  });

  test.each([
    ['Bad Name', 5, /kebab-case/],
    ['good-name', 1, /at least 2/],
  ])('with the definition %s, %d attempts', (name, attempts, message) => {
    expect(() => defineJob(name, { attempts })).toThrow(message);
  });
});
