import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Config } from '../config/config.js';
import { NotaryScope } from '../database/notary-scope.js';
import { configuredKey, type SigningKey } from './checkpoint-key.js';
import { CheckpointPublisher } from './checkpoint-publisher.js';
import { Notary } from './notary.js';

/** How often it is looked whether a checkpoint is due. */
const TICK_MS = 2_000;

/** Keeps the notary at work while the program runs, in the processes that work off the queue. */
@Injectable()
export class NotaryProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Notary');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;
  private readonly troubled = new Set<string>();

  constructor(
    private readonly scope: NotaryScope,
    private readonly notary: Notary,
    private readonly publisher: CheckpointPublisher,
    private readonly config: Config,
    /** Whether this process is one of those. */
    private readonly works: boolean,
  ) {}

  /** @throws KeyUnusable where the key cannot be had: the program does not start without it */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.works || !this.scope.isOpen) return;
    const key = await configuredKey(this.config.checkpoints);
    this.timer = setInterval(() => this.tick(key), TICK_MS);
    this.tick(key);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private tick(key: SigningKey): void {
    if (this.running || this.stopped) return;
    this.running = this.work(key).finally(() => {
      this.running = undefined;
    });
  }

  private async work(key: SigningKey): Promise<void> {
    await this.step('made', () => this.notary.turn(key, { stopped: () => this.stopped }));
    await this.step('published', () => this.publisher.run());
  }

  /** What fails is said once, and tried again at the next tick. */
  private async step(what: string, work: () => Promise<unknown>): Promise<void> {
    if (this.stopped) return;
    try {
      await work();
      if (this.troubled.delete(what)) this.logger.log(`Checkpoints are ${what} again.`);
    } catch (error) {
      const cause = (error as { cause?: Error }).cause ?? (error as Error);
      if (!this.troubled.has(what))
        this.logger.warn(
          `Checkpoints cannot be ${what} for the moment, and it is tried again: ${cause.message}`,
        );
      this.troubled.add(what);
    }
  }
}
