import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Processes } from '../infra/processes.js';
import { type BenchRow, quantile } from './row.js';
import { type Command, COMMANDS_A_LIFE, groundwork, lifeOf } from './told-lives.js';

/** Commands a second. */
const RATE = 200;
/** One command in so many is followed until the figures have it. */
const FOLLOWED = 5;
const BETWEEN_STAGES = 1500;
/** Long enough for the broker and the services to have compiled what they run most. */
const WARM_UP = 15_000;
/** Idle lanes tell less and less of themselves. */
const SETTLED = 60_000;
const IDLE_MS = 20_000;
/** Of our own choosing: what a small machine can spare for a service. */
const MEMORY_MB = 512;
interface Measured {
  /** Milliseconds from the sending of a command to the answer of a figure that has seen it. */
  readonly seen: number[];
  /** Milliseconds to the acknowledgement. */
  readonly acknowledged: number[];
  readonly rate: number;
}

/** Lives that begin at an even pace, whatever the system does: what it cannot keep up with shows as latency. */
class Lives {
  readonly seen: number[] = [];
  readonly acknowledged: number[] = [];
  private measuring = false;
  private given = 0;
  private done = 0;

  constructor(private readonly world: Processes) {}

  private async give({ service, path, input, by }: Command): Promise<void> {
    const begun = performance.now();
    const heads = await this.world.client.command(service, path, input, by);
    if (!this.measuring) return;
    this.done += 1;
    this.acknowledged.push(performance.now() - begun);
    if ((this.given += 1) % FOLLOWED !== 0) return;
    await this.world.client.queryAfter(heads, 'projection', '/figures/households-reached?region=410308103&asOf=2022-07-18');
    this.seen.push(performance.now() - begun);
  }

  private async stage(commands: readonly Command[]): Promise<void> {
    for (const command of commands) await this.give(command);
  }

  private async live(h: number): Promise<void> {
    for (const commands of lifeOf(h)) {
      await this.stage(commands);
      await pause(BETWEEN_STAGES);
    }
  }

  async run(seconds: number): Promise<Measured> {
    for (const stage of groundwork()) await Promise.all(stage.map((command) => this.give(command)));
    const lives: Promise<void>[] = [];
    const begun = performance.now();
    const end = begun + WARM_UP + 4 * BETWEEN_STAGES + seconds * 1000;
    let measuredFrom = 0;
    for (let h = 1; performance.now() < end; h += 1) {
      lives.push(this.live(h));
      if (!this.measuring && performance.now() - begun > WARM_UP + 4 * BETWEEN_STAGES) {
        this.measuring = true;
        measuredFrom = performance.now();
      }
      await pause(begun + (h * 1000 * COMMANDS_A_LIFE) / RATE - performance.now());
    }
    const rate = (this.done * 1000) / (performance.now() - measuredFrom);
    this.measuring = false;
    await Promise.all(lives);
    return { seen: this.seen, acknowledged: this.acknowledged, rate };
  }
}

const statusOf = (pid: number, field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN);
/** Seconds of processor time, own and of its kernel calls; 100 ticks a second on every Linux. */
const processorOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const absolute = (name: string, unit: string, ours: number, [better, target]: readonly ['lower' | 'higher', number]): BenchRow => ({ name, unit, ours, limit: null, ratio: null, target, better });

const idle = async (pids: ReadonlyMap<string, number>, where: string): Promise<BenchRow[]> => {
  const before = new Map([...pids].map(([name, pid]) => [name, processorOf(pid)]));
  await pause(IDLE_MS);
  return [...pids].map(([name, pid]) => absolute(`idle process ${where}, ${name}`, '% of a core', ((processorOf(pid) - (before.get(name) ?? 0)) * 100_000) / IDLE_MS, ['lower', 1]));
};

const measure = async (world: Processes, where: string, { seconds, p99 }: { seconds: number; p99: number }): Promise<BenchRow[]> => {
  const { seen, acknowledged, rate } = await new Lives(world).run(seconds);
  const ms = (name: string, values: readonly number[], q: number) => `${name} p${q * 100} ${quantile(values, q).toFixed(0)} ms`;
  console.log(`  ${where}: ${[ms('acknowledged', acknowledged, 0.5), ms('acknowledged', acknowledged, 0.99), ms('in the figures', seen, 0.5), ms('in the figures', seen, 0.99)].join(', ')}; given again ${JSON.stringify(Object.fromEntries(world.client.repeated))}`);
  const pids = new Map(world.names.map((name) => [name, world.service(name).pid ?? 0]));
  await pause(SETTLED);
  return [
    absolute(`commands a second while measuring, ${where}`, 'commands/s', rate, ['higher', RATE * 0.97]),
    absolute(`command to figure at ${RATE} commands/s, ${where}, p99`, 'ms', quantile(seen, 0.99), ['lower', p99]),
    ...(await idle(pids, where)),
    ...[...pids].map(([name, pid]) => absolute(`peak memory ${where}, ${name}`, 'MB', statusOf(pid, 'VmHWM') / 1024, ['lower', MEMORY_MB])),
  ];
};

/** From a command to the figures, in one process and over Kafka in many. `households`: lives to measure by; about 700 unless told. */
export const run = async ({ households = 700 }: { households?: number } = {}): Promise<BenchRow[]> => {
  const seconds = Math.max(5, (households * COMMANDS_A_LIFE) / RATE);
  const rows: BenchRow[] = [];
  for (const [start, where, p99] of [[Processes.embedded, 'embedded', 300], [Processes.start, 'over Kafka', 700]] as const) {
    const world = await start();
    try {
      rows.push(...(await measure(world, where, { seconds, p99 })));
    } finally {
      await world.stop();
    }
  }
  return rows;
};
