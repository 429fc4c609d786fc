import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CheckpointConfig } from '../config/checkpoint-config.js';
import { keyId, vkeyOf } from './checkpoint.rules.js';

/** The key that checkpoints are signed with, under the log's name. It is in memory and in its file alone. */
export interface SigningKey {
  origin: string;
  id: string;
  vkey: string;
  privateKey: KeyObject;
}

/** A key that cannot be had: its file, what is wrong with it, and what to do. */
export class KeyUnusable extends Error {
  constructor(words: string) {
    super(words);
    this.name = 'KeyUnusable';
  }
}

/** Read, write and use by others than the file's owner. */
const OTHERS = 0o077;

/**
 * Makes a key in a new file that only this user may read (PKCS#8, PEM).
 * @throws KeyUnusable where there is such a file already; the system's own error where it cannot be written
 */
export async function createKeyFile(path: string, origin: string): Promise<SigningKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    await writeFile(path, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new KeyUnusable(`${path} is there already, and no key is written over. Name another file.`);
  }
  await chmod(path, 0o600);
  return signingKey(privateKey, origin);
}

/** The key in a file. @throws KeyUnusable where it is not there, others may read it, or it is no Ed25519 key */
export async function readKeyFile(path: string, origin: string): Promise<SigningKey> {
  const pem = await readPrivate(path);
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new KeyUnusable(`${path} holds no private key in PEM. Make one: exemplar audit key create <file>`);
  }
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new KeyUnusable(
      `${path} holds a key for ${privateKey.asymmetricKeyType}, and checkpoints are signed with Ed25519. Make one: exemplar audit key create <file>`,
    );
  return signingKey(privateKey, origin);
}

/**
 * The key that the settings name; outside production one is made where they name none.
 * @throws KeyUnusable where it cannot be had
 */
export async function configuredKey({ keyFile, makesKey, origin }: CheckpointConfig): Promise<SigningKey> {
  if (keyFile === undefined)
    throw new KeyUnusable('CHECKPOINT_KEY_FILE is not set. Make a key: exemplar audit key create <file>');
  if (makesKey) {
    await mkdir(dirname(keyFile), { recursive: true });
    try {
      return await createKeyFile(keyFile, origin);
    } catch (error) {
      // It was made at an earlier start, or by another process just now.
      if (!(error instanceof KeyUnusable)) throw error;
    }
  }
  return readKeyFile(keyFile, origin);
}

async function readPrivate(path: string): Promise<string> {
  try {
    const { mode } = await stat(path);
    // Windows has no such bits, and answers with those of the owner for all.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0)
      throw new KeyUnusable(
        `Others than its owner may use ${path} (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${path}, and make a new key if anybody did.`,
      );
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof KeyUnusable) throw error;
    throw new KeyUnusable(
      `The key in ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Correct CHECKPOINT_KEY_FILE, or make a key: exemplar audit key create ${path}`,
    );
  }
}

function signingKey(privateKey: KeyObject, origin: string): SigningKey {
  const publicKey = createPublicKey(privateKey);
  return { origin, id: keyId(origin, publicKey), vkey: vkeyOf(origin, publicKey), privateKey };
}
