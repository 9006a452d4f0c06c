import type { Running } from '#service-kit';
import { type Chapter, commandIdOf, type Told } from './story.js';

/** A clock that stands where the story is. */
export class DrivenClock {
  private time = Date.parse('2022-01-01T00:00:00+08:00');
  private ran: number | null = null;

  now(): number {
    return this.ran === null ? this.time : Math.max(this.time, Date.now() - this.ran);
  }
  set(at: string): void {
    this.time = Math.max(this.time, Date.parse(at));
  }
  /** From here on it runs with the real one. */
  release(): void {
    this.ran = 0;
  }
}

/** The doors of one or several processes: by service. */
export type Doors = (service: string) => Pick<Running, 'inject' | 'tokens'>;

const BATCH = 500;
const TRIES = 5;

interface Result {
  status: number;
  problem?: unknown;
  answer?: { at: string[] };
}

/** The furthest position written, by service and lane: a query that carries these sees all that was told. */
class Heads {
  private readonly positions = new Map<string, number>();

  note(at: readonly string[]): void {
    for (const text of at) {
      const cut = text.lastIndexOf(':');
      const [lane, position] = [text.slice(0, cut), Number(text.slice(cut + 1))];
      if (position > (this.positions.get(lane) ?? 0)) this.positions.set(lane, position);
    }
  }
  list(): string[] {
    return [...this.positions].map(([lane, position]) => `${lane}:${position}`);
  }
}

const give = async (doors: Doors, by: Chapter['by'], batch: readonly Told[]): Promise<string[]> => {
  const written: string[] = [];
  const service = batch[0]?.service ?? '';
  const door = doors(service);
  let left = batch;
  for (let attempt = 1; left.length; attempt += 1) {
    const commands = left.map(({ command, input, key }) => ({ command, input, idempotencyKey: commandIdOf(key) }));
    const answer = await door.inject({ method: 'POST', url: `/${service}/commands`, headers: { authorization: `Bearer ${door.tokens[by]}`, 'x-source': 'IMPORT' }, payload: { commands } });
    if (answer.status !== 200) throw new Error(`${service}: ${JSON.stringify(answer.body)}`);
    const results = (answer.body as { results: Result[] }).results;
    const failed = results.flatMap((result, i) => (result.status === 200 ? [] : [{ told: left[i] as Told, result }]));
    // What it names may still be on its way; anything else would fail again.
    if (failed.length && attempt === TRIES) throw new Error(`${failed[0]?.told.key}: ${JSON.stringify(failed[0]?.result.problem)}`);
    for (const { answer } of results) written.push(...(answer?.at ?? []));
    left = failed.map(({ told }) => told);
  }
  return written;
};

const batches = (told: readonly Told[]): Told[][] =>
  [...Map.groupBy(told, ({ service }) => service).values()].flatMap((mine) => Array.from({ length: Math.ceil(mine.length / BATCH) }, (_, i) => mine.slice(i * BATCH, (i + 1) * BATCH)));

/** Tells the story through the public commands, each chapter at its own time; told again it changes nothing. Answers with what to wait for (`at=`). */
export const tell = async (chapters: readonly Chapter[], clock: DrivenClock, doors: Doors, progress: (done: number) => void = () => undefined): Promise<string[]> => {
  const heads = new Heads();
  let done = 0;
  for (const { at, by, told } of chapters) {
    clock.set(at);
    for (const batch of batches(told)) {
      heads.note(await give(doors, by, batch));
      progress((done += batch.length));
    }
  }
  return heads.list();
};
