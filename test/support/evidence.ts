import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type supertest from 'supertest';
import type { StorageConfig } from '../../src/config/config.js';
import type { TestApp } from './app.js';

/** A file as it is sent. */
export interface SentFile {
  name: string;
  type: string;
  bytes: Buffer;
}

const PDF = '%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n';

/** A new PDF, unlike all others, as large as is wanted. */
export function pdf({ name = 'minutes.pdf', size = 200 } = {}): SentFile {
  const bytes = Buffer.alloc(size, ' ');
  bytes.write(`${PDF}%${randomUUID()}\n`);
  return { name, type: 'application/pdf', bytes };
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A multipart body exactly as written here: a client library would clean names before they are sent. */
export function multipart(file: SentFile, fields: Record<string, string>): Buffer {
  const head = Object.entries(fields).map(
    ([name, value]) => `--xyzzy\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const disposition = `Content-Disposition: form-data; name="file"; filename="${file.name}"`;
  head.push(`--xyzzy\r\n${disposition}\r\nContent-Type: ${file.type}\r\n\r\n`);
  return Buffer.concat([Buffer.from(head.join('')), file.bytes, Buffer.from('\r\n--xyzzy--\r\n')]);
}

export interface SendOptions {
  /** The Idempotency-Key. */
  once?: string;
  fields?: Record<string, string>;
}

/** Sends a file as evidence of a milestone. */
export function sendEvidence(
  app: TestApp,
  key: string,
  milestone: string,
  file: SentFile,
  { once = randomUUID(), fields = { description: 'What it shows' } }: SendOptions = {},
): supertest.Test {
  return app
    .request('post', `/v1/milestones/${milestone}/evidence`, key)
    .set('Idempotency-Key', once)
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(file, fields));
}

/** The folder that a test application keeps evidence in. */
export const storageFolder = (app: TestApp): string =>
  (app.config.storage as StorageConfig & { kind: 'folder' }).folder;

/** Where files are stored; those with these bytes, where they are given. */
export async function stored(app: TestApp, bytes?: Buffer): Promise<string[]> {
  const entries = await readdir(storageFolder(app), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return bytes ? paths.filter((path) => path.includes(sha256(bytes))) : paths;
}
