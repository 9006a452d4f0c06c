import { randomUUID } from 'node:crypto';
import type { Append, Clock, EventStore, StreamAppend } from '../index.js';
import type { Evidence } from './evidence.js';

export const pick = (n: number): number => Math.floor(Math.random() * n);

/** A clock that disagrees with its neighbours, and is set forth and back all the time: up to a minute either way. */
export const erratic = (): Clock => ({ now: () => Date.now() + pick(120_000) - 60_000 });

const event = { type: 'Tortured', schemaVersion: 1, occurredOn: '2022-07-18', data: {} };
export const writing = (...streams: (Pick<StreamAppend, 'key' | 'expected'> & { events: number })[]): Append => ({
  commandId: randomUUID(),
  fingerprint: 'f',
  origin: { actor: 'a', source: 'API', correlationId: 'c' },
  streams: streams.map(({ key, expected, events }) => ({ key, laneKey: key, expected, events: Array<typeof event>(events).fill(event) })),
});

/** Appends to hot and cold streams, to one or several, and now and then the same command again. */
export class Writer {
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly store: EventStore,
    private readonly evidence: Evidence,
  ) {}

  async work(until: () => boolean): Promise<void> {
    while (!until()) await this.once();
  }

  /** As a caller would: refused, it gives another command at the version it was told; refused again, it lets it be. */
  private async once(): Promise<void> {
    const keys = new Set(Array.from({ length: pick(4) ? 1 : 1 + pick(4) }, () => (pick(3) ? `cold-${randomUUID()}` : `hot-${pick(20)}`)));
    for (let tries = 0; tries < 2; tries += 1) {
      const command = writing(...[...keys].map((key) => ({ key, expected: this.versions.get(key) ?? 0, events: 1 + pick(3) })));
      if (await this.give(command)) return;
    }
  }

  private async give(command: Append): Promise<boolean> {
    this.evidence.sent.set(command.commandId, command.streams.flatMap((stream) => stream.events).length);
    const answer = await this.store.append(command);
    if (answer.status === 'conflict') this.versions.set(answer.key, answer.actual);
    if (!('recordedAt' in answer)) return false;
    this.evidence.acknowledged.add(command.commandId);
    for (const { key, version } of answer.streams) this.versions.set(key, version);
    if (!pick(20)) await this.again(command, answer.recordedAt);
    return true;
  }

  private async again(command: Append, recordedAt: number): Promise<void> {
    const answer = await this.store.append(command);
    if (answer.status !== 'duplicate' || answer.recordedAt !== recordedAt) this.evidence.retold += 1;
  }
}
