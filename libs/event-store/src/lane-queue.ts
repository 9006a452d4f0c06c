import type { Database } from '#postgres';
import { callAppend } from './call.js';
import type { Clock } from './clock.js';
import { Line, persistently } from './connection.js';
import type { Append, Appended } from './types.js';

interface Waiting {
  readonly append: Append;
  resolve(answer: Appended): void;
  reject(error: unknown): void;
}

const MOST = 512;

/**
 * Group commit: while one call is on the wire, further commands of the lane queue; the next call takes all of them, no
 * two on the same stream or with the same id. One round trip and one fsync for many.
 */
export class LaneQueue {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private closed = false;
  private readonly line: Line;

  constructor(database: Database, private readonly lane: number, private readonly clock: Clock, private readonly grouped: (commands: number) => void) {
    this.line = new Line(database);
  }

  push(append: Append): Promise<Appended> {
    if (this.closed) return Promise.reject(new Error('the event store is closed'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      // The turn of the event loop is given to further commands first: they share the call.
      this.running ??= new Promise<void>((next) => setImmediate(next)).then(() => this.pump());
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.running;
    await this.line.close();
  }

  private async pump(): Promise<void> {
    while (this.waiting.length) {
      const batch = this.next();
      try {
        const answers = await this.call(batch);
        batch.forEach((one, i) => one.resolve(answers[i] as Appended));
      } catch (error) {
        await this.alone(batch, error);
      }
    }
    this.running = undefined;
  }

  /** If the whole call fails, each command is sent again alone, so that only the guilty one fails. */
  private async alone(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1) return batch[0]?.reject(error);
    for (const one of batch) await this.call([one]).then(([answer]) => one.resolve(answer as Appended), one.reject);
  }

  private call(batch: readonly Waiting[]): Promise<Appended[]> {
    const commands = batch.map((one) => one.append);
    this.grouped(commands.length);
    return persistently(() => this.line.use((sql) => callAppend(sql, this.lane, this.clock.now(), commands)), () => this.closed);
  }

  private next(): Waiting[] {
    const taken = new Set<string>();
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const one of this.waiting) {
      const names = [one.append.commandId, ...one.append.streams.map((stream) => stream.key)];
      if (batch.length < MOST && !names.some((name) => taken.has(name))) batch.push(one);
      else rest.push(one);
      for (const name of names) taken.add(name);
    }
    this.waiting = rest;
    return batch;
  }
}
