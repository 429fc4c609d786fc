import { Command } from 'commander';

/** `exemplar audit …`: what has to do with the proof of the log. */
export function audit(): Command {
  const command = new Command('audit')
    .summary('make checkpoints of the log, and their key')
    .description(
      'A checkpoint is a signed statement of what the log holds; docs/proof.md says what it proves and how.',
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
  return command;
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
