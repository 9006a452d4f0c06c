import type { Running } from '#service-kit';
import { type Chapter, commandIdOf, type Told } from './story.js';

/** A clock that stands where the story is, until it is released to run with the real one. */
export class DrivenClock {
  private time = Date.parse('2022-01-01T00:00:00+08:00');
  private released = false;

  now(): number {
    return this.released ? Date.now() : this.time;
  }
  /** Never backwards. */
  set(at: string): void {
    this.time = Math.max(this.time, Date.parse(at));
  }
  release(): void {
    this.released = true;
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

const post = async (doors: Doors, by: Chapter['by'], batch: readonly Told[]): Promise<Result[]> => {
  const service = batch[0]?.service ?? '';
  const door = doors(service);
  const commands = batch.map(({ command, input, key }) => ({ command, input, idempotencyKey: commandIdOf(key) }));
  const answer = await door.inject({ method: 'POST', url: `/${service}/commands`, headers: { authorization: `Bearer ${door.tokens[by]}`, 'x-source': 'IMPORT' }, payload: { commands } });
  if (answer.status !== 200) throw new Error(`${service}: ${JSON.stringify(answer.body)}`);
  return (answer.body as { results: Result[] }).results;
};

/** Gives a batch; what a command names may still be on its way, so what was refused is given again. */
const give = async (doors: Doors, by: Chapter['by'], batch: readonly Told[]): Promise<string[]> => {
  const written: string[] = [];
  let left = batch;
  for (let attempt = 1; left.length; attempt += 1) {
    const results = await post(doors, by, left);
    const refused = results.findIndex(({ status }) => status !== 200);
    if (refused >= 0 && attempt === TRIES) throw new Error(`${left[refused]?.key}: ${JSON.stringify(results[refused]?.problem)}`);
    written.push(...results.flatMap(({ answer }) => answer?.at ?? []));
    left = left.filter((_, i) => results[i]?.status !== 200);
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
