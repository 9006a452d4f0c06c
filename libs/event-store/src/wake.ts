import type { Database } from '#postgres';

const CHANNEL = 'es_appended';
const GATHER_MS = 50;

/** Wakes readers of this process at once, and those of others by one notice for many appends. */
export class Wake {
  private readonly listeners = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private stopListening: Promise<() => Promise<void>> | undefined;

  constructor(private readonly database: Database) {}

  on(listener: () => void): () => void {
    this.listeners.add(listener);
    this.stopListening ??= this.database.listen(CHANNEL, () => this.tell());
    // Polling readers make sure; a server that is away for now is no reason to fail.
    this.stopListening.catch(() => undefined);
    return () => void this.listeners.delete(listener);
  }

  appended(): void {
    this.tell();
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.database.query(`notify ${CHANNEL}`).catch(() => undefined);
    }, GATHER_MS).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.listeners.clear();
    await (await this.stopListening?.catch(() => undefined))?.();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
