import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../../dist/apps/platform/src/main.js');
const PATIENCE_MS = 120_000;

/** The platform as `npm start` runs it: a process of its own, known by what it prints and answers. */
export class Program {
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;
  printed = '';

  constructor(
    private readonly port: number,
    env: Readonly<Record<string, string>>,
    ...flags: readonly string[]
  ) {
    this.child = spawn(process.execPath, [MAIN, ...flags], { env: { PATH: process.env.PATH, PORT: String(port), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (data) => (this.printed += String(data)));
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Once it takes requests. */
  async up(): Promise<this> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(100)) {
      if (this.child.exitCode !== null) break;
      if (await fetch(`${this.url}/health/live`).then(({ ok }) => ok, () => false)) return this;
    }
    throw new Error(`it did not start:\n${this.printed}`);
  }

  /** Exit code; null when a signal ended it. */
  end(): Promise<number | null> {
    return this.ended;
  }

  stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  /** The token it has printed for an account. */
  token(account: string): string {
    return new RegExp(`^  ${account}  (\\S+)$`, 'm').exec(this.printed)?.[1] ?? '';
  }
}
