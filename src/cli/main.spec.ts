import { main } from './main.js';

interface Said {
  code: number | string | null | undefined;
  stdout: string;
  stderr: string;
}

/** What a command says before anything of it is carried out. */
async function said(...args: string[]): Promise<Said> {
  const { jest } = import.meta;
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await main(['node', 'exemplar', ...args]);
    const text = ({ mock }: typeof out) => mock.calls.map(([words]) => words).join('');
    return { code: process.exitCode, stdout: text(out), stderr: text(err) };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    err.mockRestore();
  }
}

describe('help', () => {
  test.each([
    ['', 'serve [options]'],
    ['serve', '--no-workers'],
    ['work', 'WORKER_CONCURRENCY=16 exemplar work'],
    ['migrate', 'DATABASE_OWNER_URL'],
    ['programme', 'export [options] <slug>'],
    ['programme diff', 'exemplar programme diff programmes/rural-broadband.yaml'],
    ['programme apply', 'exemplar programme apply programmes/rural-broadband.yaml'],
    ['programme export', '--out <file>'],
    ['key', 'revoke <id>'],
    ['key create', '--trust <ods>'],
    ['key list', 'exemplar key list'],
    ['key revoke', 'exemplar key revoke 0192f3a4'],
    ['audit', 'verify [options] <export>'],
    ['audit export', '--as-at <moment>'],
    ['audit verify', '--checkpoints <path>'],
    ['audit verifier', '--out <file>'],
    ['audit', 'key'],
    ['audit checkpoint', 'exemplar audit checkpoint > today.txt'],
    ['audit key create', 'CHECKPOINT_ORIGIN=exemplar.example.org/log'],
    ['audit key show', 'exemplar audit key show'],
  ])('exemplar %s --help', async (command, words) => {
    const { code, stdout } = await said(...command.split(' ').filter(Boolean), '--help');
    expect(stdout).toContain(words);
    expect(code).toBe(0);
  });
});

test.each([
  [['sreve'], "unknown command 'sreve'"],
  [[], 'Usage: exemplar'],
  [['key'], 'Usage: exemplar key'],
  [['serve', '--worker'], "unknown option '--worker'"],
  [['key', 'create', '--role', 'auditor'], "required option '--name <name>'"],
  [['key', 'create', '--name', 'A', '--role', 'king'], 'Allowed choices are programme-manager'],
  [['key', 'create', '--name', 'A', '--role', 'auditor', '--days', '400'], 'from 1 to 366'],
  [['programme', 'apply'], "missing required argument 'file'"],
])('%p is not understood: 2', async (args, words) => {
  const { code, stdout, stderr } = await said(...args);
  expect(stderr).toContain(words);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});
