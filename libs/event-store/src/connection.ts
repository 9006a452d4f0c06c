import type { Sql } from '#decider';
import type { Database, Session } from '#postgres';

/** SQLSTATE classes that say nothing about the command: the server went away or asks to try again. */
const TRANSIENT = /^(08|57P|40|53)/;
interface ServerError {
  readonly severity: string;
  readonly code: string;
  readonly constraint?: string;
}
const fromServer = (error: unknown): ServerError | undefined => (error instanceof Error && 'severity' in error ? (error as Error & ServerError) : undefined);
const isMistake = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;

/** The server's own word when it gave one; whatever else `pg` throws comes from the socket. */
export const isTransient = (error: unknown): boolean => {
  const said = fromServer(error);
  return said ? TRANSIENT.test(said.code) : !isMistake(error);
};
/** The same command id was committed meanwhile by another connection: the next try finds its result. */
const isOvertaken = (error: unknown): boolean => fromServer(error)?.constraint === 'commands_pkey';

const TRIES = 40;
const pauseBefore = (attempt: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.min(5 * attempt * attempt, 1000)));

/** Tries again while the connection or the server is away, about half a minute in all; every statement must be safe to repeat. */
export const persistently = async <T>(work: () => Promise<T>, stopped: () => boolean): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(isTransient(error) || isOvertaken(error)) || attempt >= TRIES || stopped()) throw error;
      await pauseBefore(attempt);
    }
  }
};

/** One connection that is opened again after it was lost. */
export class Line {
  private session: Promise<Session> | undefined;

  constructor(private readonly database: Database) {}

  async use<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const opening = (this.session ??= this.open());
    try {
      return await work(await opening);
    } catch (error) {
      if (isTransient(error)) {
        this.forget(opening);
        await opening.then((session) => session.close(), () => undefined);
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    const session = await this.session?.catch(() => undefined);
    this.session = undefined;
    await session?.close();
  }

  private open(): Promise<Session> {
    const opening = this.database.connect().then((session) => {
      session.onLost(() => this.forget(opening));
      return session;
    });
    return opening;
  }

  private forget(opening: Promise<Session>): void {
    if (this.session === opening) this.session = undefined;
  }
}
