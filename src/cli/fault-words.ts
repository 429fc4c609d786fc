import { Problem, type ProblemDetails } from '../core/problems.js';
import { APP_ROLE } from '../database/connection.js';

interface SystemFault extends Error {
  code?: string;
  syscall?: string;
  path?: string;
  address?: string;
  port?: number;
  driverError?: Error;
  errors?: Error[];
}

/** What went wrong, where, and what to do, for whoever typed the command. No secret is repeated. */
export function wordsFor(error: unknown): string {
  if (error instanceof Problem) return problemWords(error.details);
  if (!(error instanceof Error)) return String(error);
  const fault = innermost(error);
  const known = listenWords(fault) ?? databaseWords(fault) ?? fileWords(fault);
  const loud = ['debug', 'trace'].includes(process.env.LOG_LEVEL ?? '');
  return [known ?? error.message, ...(loud ? [error.stack ?? ''] : [])].join('\n');
}

function innermost(error: SystemFault): SystemFault {
  return error.driverError ?? error.errors?.[0] ?? error;
}

/** A fault in a file is a line that editors jump to: `file:line:column: message`. */
function problemWords({ detail, errors = [], blockers = [] }: ProblemDetails): string {
  const places = errors.map(({ file, line, column, pointer, message }) =>
    file === undefined ? `${pointer}: ${message}` : `${file}:${line}:${column}: ${message}`,
  );
  return [detail, ...places, ...blockers.map(({ message }) => `- ${message}`)].join('\n');
}

/** Why a port cannot be listened on. */
function listenWords({ code, syscall, address, port }: SystemFault): string | undefined {
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop it, or choose another with PORT=…`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Choose one above 1023 with PORT=…`;
    case 'EADDRNOTAVAIL':
      return `HOST is ${address}, which is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.`;
    default:
      return undefined;
  }
}

const REFUSED = new Set(['28000', '28P01']);
const NOT_PREPARED = new Set(['42P01', '3F000', '42703', '42883']);

function databaseWords({ code = '', message, syscall }: SystemFault): string | undefined {
  if (syscall === 'connect' || /^08|^57P/.test(code) || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `The database cannot be reached (${message}). Start it, or correct DATABASE_URL.`;
  if (REFUSED.has(code)) return `The database refuses the login (${message}). Correct DATABASE_URL.`;
  if (code === '3D000') return `${message}. Make it, or correct DATABASE_URL.`;
  if (NOT_PREPARED.has(code) || message.includes(`role "${APP_ROLE}" does not exist`))
    return `The database is not of this version (${message}). Run: exemplar migrate`;
  if (message.includes(`set role "${APP_ROLE}"`))
    return `The login of DATABASE_URL may not work as ${APP_ROLE}. As the owner of the tables: grant ${APP_ROLE} to that login with set true, inherit false (docs/configuration.md).`;
  if (code === '42501')
    return `The database does not allow this (${message}). DATABASE_OWNER_URL must own the tables, and may make roles the first time.`;
  return undefined;
}

const FILE_WORDS: Record<string, string> = {
  ENOENT: 'There is no file',
  EISDIR: 'This is a folder and not a file:',
  EACCES: 'This user may not use',
  ENOTDIR: 'A part of this path is not a folder:',
};

function fileWords({ code = '', path }: SystemFault): string | undefined {
  const words = FILE_WORDS[code];
  return words && path !== undefined ? `${words} ${path}` : undefined;
}
