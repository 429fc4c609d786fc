import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { PACKAGE_FOLDER } from '../config/places.js';
import { ROLES, TRUST_ROLES } from '../core/permissions.js';
import { LONGEST_DAYS } from '../identity/api-key.rules.js';
import { audit } from './audit-command.js';

const PACKAGE = new URL('package.json', PACKAGE_FOLDER);

/** Everything that `exemplar` can be asked for. What carries a command out is loaded when it is asked for. */
export function program(): Command {
  const { version, description } = JSON.parse(readFileSync(PACKAGE, 'utf8'));
  const exemplar = new Command('exemplar')
    .description(description)
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride();
  const add = (command: Command) => exemplar.addCommand(command.copyInheritedSettings(exemplar));
  for (const command of [serve(), work(), migrate(), programme(), key(), audit()])
    add(inherit(command, exemplar));
  return exemplar.addHelpText(
    'after',
    `
Examples:
  exemplar serve                                  start everything; it says where to look
  exemplar programme diff my-programme.yaml       what a definition would change
  exemplar programme apply my-programme.yaml      change it
  exemplar key create --name "Amina Hussain" --role auditor

Settings come from the environment (docs/configuration.md): PORT, DATA_DIR, DATABASE_URL and others.
Exit codes: 0 it went well; 1 it was refused or failed, and why is on stderr; 2 the command was not understood.`,
  );
}

/** Commander passes settings on to commands that it makes itself, and not to those that are added. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
  return command;
}

function serve(): Command {
  return new Command('serve')
    .summary('start the database, the API and the workers')
    .description(
      'Starts Exemplar: an embedded PostgreSQL in the data folder (or the one that DATABASE_URL names), ' +
        'migrations, the API and the workers, all in this process. Ctrl-C or SIGTERM ends it cleanly, ' +
        'and a second one at once.',
    )
    .option('--no-workers', 'serve requests only, and leave the queue to `exemplar work`')
    .addHelpText(
      'after',
      `
Examples:
  exemplar serve
  PORT=8080 DATA_DIR=/srv/exemplar exemplar serve
  DEMONSTRATION=false exemplar serve              without illustrative people and returns
  DATABASE_URL=postgres://exemplar@db/exemplar exemplar serve --no-workers`,
    )
    .action(async (options) => (await import('./serve.js')).serve(options));
}

function work(): Command {
  return new Command('work')
    .summary('work off the queue, without the API')
    .description(
      'Works off the queue in a process of its own, beside `exemplar serve --no-workers`. ' +
        'WORKER_CONCURRENCY says how many jobs at once. Any number of them can run.',
    )
    .addHelpText('after', '\nExample:\n  WORKER_CONCURRENCY=16 exemplar work')
    .action(async () => (await import('./work.js')).work());
}

function migrate(): Command {
  return new Command('migrate')
    .summary('bring the database to this version')
    .description(
      'Brings the database to this version of Exemplar, and says what it did. `serve` does so too, ' +
        'unless MIGRATE=false. It connects as DATABASE_OWNER_URL, or else as DATABASE_URL.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=postgres://app@db/exemplar DATABASE_OWNER_URL=postgres://owner@db/exemplar exemplar migrate',
    )
    .action(async () => (await import('./migrate.js')).migrateDatabase());
}

function programme(): Command {
  const command = new Command('programme')
    .summary('apply, compare and export programme definitions')
    .description(
      'A programme is one YAML file: funder, awards, projects, milestones, targets, calendar, and where each ' +
        'fact comes from. programmes/README.md explains it.',
    );
  command
    .command('diff')
    .summary('what a definition would change')
    .description('Says what applying the file would change, and changes nothing.')
    .argument('<file>', 'a definition, in YAML')
    .addHelpText('after', '\nExample:\n  exemplar programme diff programmes/rural-broadband.yaml')
    .action(async (file) => (await import('./programme-diff.js')).diffProgramme(file));
  command
    .command('apply')
    .summary('bring what stands to what a definition says')
    .description(
      'Brings what stands to what the file says, all of it or nothing, and says what changed. ' +
        'A file that is in force already changes nothing. Every fault is named with its file, line and column.',
    )
    .argument('<file>', 'a definition, in YAML')
    .addHelpText('after', '\nExample:\n  exemplar programme apply programmes/rural-broadband.yaml')
    .action(async (file) => (await import('./programme-apply.js')).applyProgramme(file));
  command
    .command('export')
    .summary('the definition that is in force')
    .description('Writes the definition that was applied last, byte for byte.')
    .argument('<slug>', 'the programme, such as mental-health-exemplars')
    .option('--out <file>', 'where to write it; otherwise on stdout')
    .addHelpText('after', '\nExample:\n  exemplar programme export rural-broadband --out rural.yaml')
    .action(async (slug, options) => (await import('./programme-export.js')).exportProgramme(slug, options));
  return command;
}

function key(): Command {
  const command = new Command('key').summary('make, list and revoke API keys').description('API keys.');
  command
    .command('create')
    .summary('make a person and a key for them')
    .description(
      'Makes a person and an API key for them. The key is written on stdout, alone and this once; ' +
        'what it is for is on stderr.',
    )
    .requiredOption('--name <name>', 'who will use it')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).makeOptionMandatory())
    .option('--trust <ods>', `the trust that they act for; with ${TRUST_ROLES.join(' and ')} only`)
    .option('--label <label>', 'what the key is for', 'made at the command line')
    .option('--days <days>', `how long it holds, 1 to ${LONGEST_DAYS}`, days, 90)
    .addHelpText(
      'after',
      `
Examples:
  exemplar key create --name "Amina Hussain" --role auditor
  exemplar key create --name "Lead of Mersey Care" --role trust-lead --trust RW4 --days 30
  KEY=$(exemplar key create --name "Nightly export" --role auditor)`,
    )
    .action(async (options) => (await import('./key-create.js')).createKey(options));
  command
    .command('list')
    .summary('every key, the newest first')
    .description('Lists every key: its id, who holds it, and until when. Nobody can see a secret again.')
    .addHelpText('after', '\nExample:\n  exemplar key list')
    .action(async () => (await import('./key-list.js')).listKeys());
  command
    .command('revoke')
    .summary('end a key for good')
    .description('Ends a key for good; running servers refuse it within a second.')
    .argument('<id>', 'as `exemplar key list` shows it')
    .addHelpText('after', '\nExample:\n  exemplar key revoke 0192f3a4-7c1e-7000-8000-5f0c3b1d2e4a')
    .action(async (id) => (await import('./key-revoke.js')).revokeKey(id));
  return command;
}

function days(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= LONGEST_DAYS) return number;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${LONGEST_DAYS}.`);
}
