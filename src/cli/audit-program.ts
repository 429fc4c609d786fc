import { Command } from 'commander';

/** `exemplar audit`: what an auditor takes home, and how it is verified. */
export function audit(): Command {
  const command = new Command('audit')
    .summary('export the log, and verify an export')
    .description('The log as an auditor takes it home, and the program that verifies it.');
  command
    .command('export')
    .summary('the whole log, and the rows that stand')
    .description(
      'Writes the whole log with the rows that stand, all of one moment, as NDJSON (docs/verifier.md). As at a past ' +
        'moment, the rows are those that stood then.',
    )
    .option('--out <file>', 'where to write it; otherwise on stdout')
    .option('--as-at <moment>', 'a moment, a day, or the number of an entry')
    .addHelpText(
      'after',
      `
Examples:
  exemplar audit export --out export.ndjson
  exemplar audit export --as-at 2018-03-31 --out export.ndjson
  exemplar audit export --as-at 4312 | gzip > export.ndjson.gz`,
    )
    .action(async (options) => (await import('./audit-export.js')).exportLog(options));
  command
    .command('verify')
    .summary('verify an export, offline')
    .description(
      'Verifies an export against signed checkpoints and says what it found: 0 all is right, 1 a fault, 2 it could ' +
        'not be checked. It uses no database and no network.',
    )
    .argument('<export>', 'as `exemplar audit export` wrote it')
    .requiredOption('--checkpoints <path>', 'a folder of .txt notes, or a file of notes')
    .requiredOption('--key <key...>', 'each public key that checkpoints were signed with: name+hash+key')
    .addHelpText(
      'after',
      '\nExample:\n  exemplar audit verify export.ndjson --checkpoints notes --key "$KEY"',
    )
    .action(async (path, options) => (await import('./audit-verify.js')).verifyExport(path, options));
  command
    .command('verifier')
    .summary('the verifier as one file that runs without Exemplar')
    .description('Writes the verifier as one file that Node runs alone, offline, and says its SHA-256.')
    .requiredOption('--out <file>', 'where to write it; a name that ends in .mjs')
    .addHelpText('after', '\nExample:\n  exemplar audit verifier --out verify-log.mjs')
    .action(async (options) => (await import('./audit-verifier.js')).writeVerifier(options));
  return command;
}
