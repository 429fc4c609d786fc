import { type DynamicModule, Module } from '@nestjs/common';
import { Config, ConfigInvalid } from '../config/config.js';
import { NotaryPool, NotaryScope } from '../database/notary-scope.js';
import { CheckpointPublisher } from './checkpoint-publisher.js';
import { Notary } from './notary.js';
import { NotaryProcess } from './notary-process.js';

export interface NotaryModuleOptions {
  config: Config;
  /** Where the database is, as the notary connects; undefined: this process has no notary. */
  url: string | undefined;
  /** Whether it is at work as long as the program runs. */
  works: boolean;
}

/** The notary: it alone adds to the tree over the log and signs its checkpoints. */
@Module({})
export class NotaryModule {
  /** @throws ConfigInvalid in production, where it is to work and the settings do not say how */
  static with({ config, url, works }: NotaryModuleOptions): DynamicModule {
    const on = config.checkpoints.on;
    if (on && works && config.production) requireSettings(config);
    return {
      module: NotaryModule,
      providers: [
        {
          provide: NotaryScope,
          useFactory: () => new NotaryScope(on && url !== undefined ? new NotaryPool(url) : null),
        },
        Notary,
        CheckpointPublisher,
        {
          provide: NotaryProcess,
          useFactory: (scope: NotaryScope, notary: Notary, publisher: CheckpointPublisher) =>
            new NotaryProcess(scope, notary, publisher, config, works),
          inject: [NotaryScope, Notary, CheckpointPublisher],
        },
      ],
    };
  }
}

function requireSettings({ databaseNotaryUrl, checkpoints }: Config): void {
  const otherwise = 'or set CHECKPOINTS=off, and nothing of the log can be proved';
  const faults = [];
  if (databaseNotaryUrl === undefined)
    faults.push(
      `DATABASE_NOTARY_URL must be set in production: a login that may work as exemplar_notary (docs/proof.md), ${otherwise}.`,
    );
  if (checkpoints.keyFile === undefined)
    faults.push(
      `CHECKPOINT_KEY_FILE must be set in production: make a key with \`exemplar audit key create <file>\`, ${otherwise}.`,
    );
  if (faults.length > 0) throw new ConfigInvalid(faults);
}
