import type { Logger } from 'pino';

/** npm passes Ctrl-C on to a process that has had it from the terminal already. */
const SAME_SIGNAL_MS = 500;
/** How long requests and jobs may take to finish. */
const GRACE_MS = 25_000;
const LOOK_MS = 250;

/** `npm start` puts a shell between, which a SIGTERM to npm ends without a word to this process. */
const parent = process.ppid;

/**
 * The life of a process that serves: whatever ends it, a signal or a fault, what was opened is closed first, the last
 * one first. A second signal ends it at once.
 */
export class Lifetime {
  private readonly closers: Array<() => Promise<unknown>> = [];
  private readonly conditions: Array<() => boolean> = [];
  private lastMoments: (() => Promise<unknown>) | undefined;
  private ending: Promise<void> | undefined;
  private endingSince = 0;

  /** @param onSignal tells whoever looks on that the end has begun */
  constructor(
    private readonly logger: Logger,
    private readonly onSignal: () => void,
  ) {
    // Whoever read what this process says may be gone: that is no reason to end.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    process.on('SIGINT', () => this.signalled());
    process.on('SIGTERM', () => this.signalled());
    process.on('uncaughtException', (error) => void this.failed(error));
    process.on('unhandledRejection', (error) => void this.failed(error));
    if (process.env.npm_lifecycle_event !== undefined) this.endWith(() => process.ppid === parent);
  }

  /** Ends once this no longer holds; what fails because of that is no fault. */
  endWith(holds: () => boolean): void {
    this.conditions.push(holds);
    const timer = setInterval(() => {
      if (holds()) return;
      clearInterval(timer);
      if (!this.ending) this.signalled();
    }, LOOK_MS);
    timer.unref();
  }

  /** Closes this at the end, before what was opened earlier. */
  onEnd(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** Does this first when a signal ends it; the time that closing may take begins afterwards. */
  beforeClosing(work: () => Promise<unknown>): void {
    this.lastMoments = work;
  }

  /** Starts what is to live. @throws whatever the start throws, once what it had opened is closed */
  async start(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Where the end came in the midst of the start, the start fails because of it.
      if (this.ending) return this.ending;
      await this.close();
      throw error;
    }
  }

  /** Ends the process. @param first what is done before anything is closed */
  end(code: number, first = async (): Promise<unknown> => undefined): Promise<void> {
    const closed = () => first().then(() => this.closeInTime());
    this.ending ??= closed().then(
      () => process.exit(code),
      (error) => {
        this.logger.fatal({ err: error }, 'Not everything could be closed');
        process.exit(this.conditions.every((holds) => holds()) ? 1 : code);
      },
    );
    return this.ending;
  }

  private signalled(): void {
    if (this.ending) {
      if (Date.now() - this.endingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    this.endingSince = Date.now();
    this.onSignal();
    void this.end(0, this.lastMoments);
  }

  private failed(error: unknown): Promise<void> {
    this.logger.fatal({ err: error }, 'An error that nothing expected ends this process');
    return this.end(1);
  }

  private async closeInTime(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`Requests or jobs took longer than ${GRACE_MS} ms`)),
        GRACE_MS,
      );
    });
    await Promise.race([this.close(), late]).finally(() => clearTimeout(timer));
  }

  private async close(): Promise<void> {
    for (let close = this.closers.pop(); close; close = this.closers.pop()) await close();
  }
}
