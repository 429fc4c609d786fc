import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { HealthController } from '../src/api/health.controller.js';
import { Config } from '../src/config/config.js';

/** What cannot be run here is at least what it says: by its schema, and by what it names. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Service {
  image: string;
  build?: string;
  command?: string | string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { disable?: boolean; test?: string[] };
  volumes?: string[];
  expose?: string[];
  secrets?: string[];
  deploy: { replicas?: number; resources: { limits: { cpus: string; memory: string } } };
}

const compose = parse(text('docker-compose.yml'), { merge: true });
const services: Record<string, Service> = compose.services;
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const dockerfile = text('Dockerfile');

/** Each `${NAME…}` of the file. */
const asked = [...new Set([...text('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map((match) => match[1]))];
const example = [...text('.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => ({
  name,
  value,
}));

/** The schema of Compose, which is pinned outside this repository; undefined where it is not. */
function composeSchema(): object | undefined {
  const file = 'shared/compose-spec/compose-spec.json';
  const above: string[] = [];
  for (let at = ROOT; at !== dirname(at); at = dirname(at)) above.push(join(dirname(at), file));
  const found = [process.env.COMPOSE_SCHEMA ?? '', ...above].find((path) => path !== '' && existsSync(path));
  return found === undefined ? undefined : JSON.parse(readFileSync(found, 'utf8'));
}

const schema = composeSchema();
if (!schema)
  process.stderr.write('Skipped: docker-compose.yml against its schema; COMPOSE_SCHEMA names none.\n');

(schema ? test : test.skip)('the file is what the schema of Compose says', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  (formats as unknown as (ajv: Ajv) => void)(ajv);
  // Its draft is named by an address that no validator knows.
  const known = { ...schema, $schema: undefined };
  const valid = ajv.compile(known);
  expect([valid(compose), valid.errors]).toEqual([true, null]);
  expect(valid({ ...compose, services: { api: { imagee: 'x' } } })).toBe(false);
});

test('it has all that the program stands on, more than one that answers and more than one that works', () => {
  expect(Object.keys(services).sort()).toEqual(
    ['api', 'bucket', 'mail', 'migrate', 'postgres', 'proxy', 'storage', 'valkey', 'worker'].sort(),
  );
  expect(services.api?.deploy.replicas).toBeGreaterThan(1);
  expect(services.worker?.deploy.replicas).toBeGreaterThan(1);
});

test('every service has limits, and says whether it is well or why it does not', () => {
  for (const [name, { deploy, healthcheck }] of Object.entries(services)) {
    expect([name, deploy.resources.limits]).toEqual([
      name,
      { cpus: expect.any(String), memory: expect.any(String) },
    ]);
    // What only ends, or answers nobody, is not asked.
    const silent = ['worker', 'migrate', 'bucket'].includes(name);
    expect([name, healthcheck?.test !== undefined]).toEqual([name, !silent]);
  }
});

test('whatever is waited for is there, and says when it is well, or ends', () => {
  for (const [name, { depends_on = {} }] of Object.entries(services))
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect([name, other, other in services]).toEqual([name, other, true]);
      const isAsked = services[other]?.healthcheck?.test !== undefined;
      expect([name, other, condition]).toEqual([
        name,
        other,
        isAsked ? 'service_healthy' : 'service_completed_successfully',
      ]);
    }
});

test('each setting is one that the program reads, and with all of them it starts', () => {
  const read = new Set<string>(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);
  const told = (settings: Record<string, string>) =>
    new Proxy(settings, {
      get: (all, name: string) => {
        read.add(name);
        return all[name];
      },
    });
  for (const [name, { environment = {} }] of ours) {
    const filled = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [
        key,
        String(value).replace(/\$\{[^}]+\}/g, filling),
      ]),
    );
    const config = new Config(told(filled));
    expect([name, config.production, config.storage.kind]).toEqual([name, true, 's3']);
    expect(Object.keys(environment).filter((key) => !read.has(key))).toEqual([]);
  }
});

/** Something that may stand where the file asks for a value. */
function filling(place: string): string {
  if (place.includes('PUBLIC_URL') || place.includes('OIDC_ISSUER')) return 'https://exemplar.example.org';
  if (place.includes('MAIL_FROM')) return 'exemplar@example.org';
  return place.includes(':-') ? '' : 'word';
}

test('every value that is asked for is in .env.example, without one', () => {
  expect(example.map(({ name }) => name).sort()).toEqual([...asked].sort());
  expect(example.filter(({ value }) => value !== '')).toEqual([]);
});

test('only the one that works signs, and only the one that migrates has the tables', () => {
  const has = (setting: string) =>
    ours.filter(([, { environment }]) => environment?.[setting]).map(([name]) => name);
  expect(has('DATABASE_NOTARY_URL')).toEqual(['worker']);
  expect(has('DATABASE_OWNER_URL')).toEqual(['migrate']);
  expect(has('MIGRATE').every((name) => services[name]?.environment?.MIGRATE === 'false')).toBe(true);
});

test('it is asked for its health where it listens, at an address that there is', () => {
  const prefix = Reflect.getMetadata('path', HealthController);
  const path = Reflect.getMetadata('path', HealthController.prototype.ready);
  const port = /PORT=(\d+)/.exec(dockerfile)?.[1] as string;
  const questions = [services.api?.healthcheck?.test?.join(' ') ?? '', dockerfile];
  for (const question of questions) expect(question).toContain(`/${prefix}/${path}`);
  expect(questions[0]).toContain(`:${port}/`);
  expect(services.api?.expose).toEqual([port]);
  expect(services.proxy?.command).toContain(`api:${port}`);
  expect(dockerfile).toContain(`EXPOSE ${port}`);
});

test('the image runs as somebody who may do little, and whatever it copies is there', () => {
  expect(dockerfile).toMatch(/^USER node$/m);
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
    (match[1] as string).split(' '),
  );
  expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const letIn = [...text('.dockerignore').matchAll(/^!(\S+)$/gm)].map((match) => match[1]);
  expect(copied.filter((path) => !letIn.includes(path))).toEqual([]);
  const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes);
  for (const path of mounted.filter((volume) => volume.startsWith('./')))
    expect(existsSync(join(ROOT, path.split(':')[0] as string))).toBe(true);
});
