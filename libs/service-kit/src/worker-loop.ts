import { createHash } from 'node:crypto';
import type { Database, Session } from '#postgres';
import type { Logger } from 'pino';
import { pause } from './pause.js';
import type { Worker, WorkerContext } from './worker.js';

/** Runs one worker round after round while this process holds its lock; other processes of the service stand by. */
export class Loop {
  private readonly ending = new AbortController();
  private done: Promise<void> = Promise.resolve();
  lastRound: number | null = null;
  failing: string | null = null;

  constructor(
    readonly worker: Worker,
    private readonly database: Database,
    private readonly log: Logger,
    private readonly context: (signal: AbortSignal) => WorkerContext,
  ) {}

  start(): void {
    this.done = this.run();
  }

  /** The round in hand is finished. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      try {
        const session = await this.database.connect();
        await this.while(session).finally(() => session.close());
      } catch (error) {
        this.failed(error);
      }
      await pause(1000, signal);
    }
  }

  private async while(session: Session): Promise<void> {
    const key = createHash('sha256').update(this.worker.name).digest().readInt32BE();
    const { rows } = await session.query<{ held: boolean }>('select pg_try_advisory_lock(7360002, $1) held', [key]);
    let lost = !rows[0]?.held;
    session.onLost(() => (lost = true));
    const { signal } = this.ending;
    while (!lost && !signal.aborted) {
      await this.round(signal);
      await pause(this.worker.everyMs, signal);
    }
  }

  private async round(signal: AbortSignal): Promise<void> {
    try {
      await this.worker.work(this.context(signal));
      this.lastRound = Date.now();
      this.failing = null;
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    if (this.ending.signal.aborted) return;
    this.failing = error instanceof Error ? error.message : String(error);
    this.log.warn({ worker: this.worker.name, error: this.failing }, 'round failed');
  }
}
