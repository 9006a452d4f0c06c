import { setImmediate as turn } from 'node:timers/promises';
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
const LINES = 2;
const namesOf = ({ commandId, streams }: Append): string[] => [commandId, ...streams.map((stream) => stream.key)];

/**
 * Group commit: while calls are on the wire, further commands of the lane queue; the next call takes all of them, no two
 * on the same stream or with the same id. One round trip and one fsync for many. Two calls are under way at a time: one
 * is encoded, checked and answered while the other holds the lane.
 */
export class LaneQueue {
  private waiting: Waiting[] = [];
  /** Streams and command ids of the calls under way: a command that shares one waits for their answer. */
  private readonly taken = new Set<string>();
  private readonly idle: Line[];
  private readonly running = new Set<Promise<void>>();
  private sending: Promise<void> | undefined;
  private closed = false;

  constructor(database: Database, private readonly lane: number, private readonly clock: Clock, private readonly grouped: (commands: number) => void) {
    this.idle = Array.from({ length: LINES }, () => new Line(database));
  }

  push(append: Append): Promise<Appended> {
    if (this.closed) return Promise.reject(new Error('the event store is closed'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      this.soon();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    while (this.sending ?? this.running.size) await Promise.all([this.sending, ...this.running]);
    await Promise.all(this.idle.map((line) => line.close()));
  }

  /** The turn of the event loop is given to further commands first: they share the call. */
  private soon(): void {
    this.sending ??= turn().then(() => this.send());
  }

  private send(): void {
    this.sending = undefined;
    while (this.idle.length && this.waiting.length) {
      const batch = this.next(Math.min(MOST, Math.ceil(this.waiting.length / this.idle.length)));
      if (!batch.length) return;
      const line = this.idle.pop() as Line;
      const run = this.run(line, batch).finally(() => {
        this.running.delete(run);
        this.idle.push(line);
        for (const name of batch.flatMap((one) => namesOf(one.append))) this.taken.delete(name);
        this.soon();
      });
      this.running.add(run);
    }
  }

  private async run(line: Line, batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.call(line, batch);
      batch.forEach((one, i) => one.resolve(answers[i] as Appended));
    } catch (error) {
      await this.alone(line, batch, error);
    }
  }

  /** If the whole call fails, each command is sent again alone, so that only the guilty one fails. */
  private async alone(line: Line, batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1) return batch[0]?.reject(error);
    for (const one of batch) await this.call(line, [one]).then(([answer]) => one.resolve(answer as Appended), one.reject);
  }

  private call(line: Line, batch: readonly Waiting[]): Promise<Appended[]> {
    const commands = batch.map((one) => one.append);
    this.grouped(commands.length);
    return persistently(() => line.use((sql) => callAppend(sql, this.lane, this.clock.now(), commands)), () => this.closed);
  }

  private next(most: number): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    const passed = new Set<string>();
    for (const one of this.waiting) {
      const names = namesOf(one.append);
      if (batch.length < most && !names.some((name) => this.taken.has(name) || passed.has(name))) {
        batch.push(one);
        for (const name of names) this.taken.add(name);
      } else {
        rest.push(one);
        for (const name of names) passed.add(name);
      }
    }
    this.waiting = rest;
    return batch;
  }
}
