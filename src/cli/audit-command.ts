import { Command } from 'commander';

/** `exemplar audit …`: what has to do with the proof of the log. */
export function audit(): Command {
  const command = new Command('audit')
    .summary('checkpoints of the log, its export, and what verifies it')
    .description(
      'A checkpoint is a signed statement of what the log holds; docs/proof.md says what it proves and how. ' +
        'docs/verifier.md says how an export is verified.',
    );
  command
    .command('checkpoint')
    .summary('sign a checkpoint now')
    .description(
      'Holds the whole log against its tree, signs a checkpoint of it, publishes it where the settings say, and ' +
        'writes it on stdout. `serve` and `work` make them by themselves, within a minute of a new entry.',
    )
    .addHelpText('after', '\nExample:\n  exemplar audit checkpoint > today.txt')
    .action(async () => (await import('./audit-checkpoint.js')).makeCheckpoint());
  command.addCommand(key());
  addVerification(command);
  return command;
}

/** What an auditor takes home, and what verifies it. */
function addVerification(command: Command): void {
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
}

function key(): Command {
  const command = new Command('key').summary('make and show the key that checkpoints are signed with');
  command
    .command('create')
    .summary('make a key in a new file')
    .description(
      'Makes an Ed25519 key in a new file that only this user may read, and writes its public key on stdout as ' +
        'a vkey (C2SP signed-note). CHECKPOINT_ORIGIN names the log, and the key. It needs no database.',
    )
    .argument('<file>', 'where; none is written over')
    .addHelpText(
      'after',
      '\nExample:\n  CHECKPOINT_ORIGIN=exemplar.example.org/log exemplar audit key create /etc/exemplar/checkpoint-key.pem',
    )
    .action(async (file) => (await import('./audit-key.js')).createCheckpointKey(file));
  command
    .command('show')
    .summary('the public key')
    .description('Writes the public key of a file, or of CHECKPOINT_KEY_FILE, on stdout as a vkey.')
    .argument('[file]', 'otherwise CHECKPOINT_KEY_FILE')
    .addHelpText('after', '\nExample:\n  exemplar audit key show')
    .action(async (file) => (await import('./audit-key.js')).showCheckpointKey(file));
  return command;
}
