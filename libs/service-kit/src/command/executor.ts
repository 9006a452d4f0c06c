import { createHmac, type KeyObject } from 'node:crypto';
import type { Principal } from '#auth';
import { decide, isRefusal, type AnyCommand, type Emission, type Origin, type Refusal } from '#decider';
import type { Appended, Clock, EventStore, Written } from '#event-store';
import { dayOf } from '#standards';
import type { CommandAnswer } from '../command-answer.js';
import { readInput } from '../input/read-input.js';
import type { Prepared } from '../manifest.js';
import type { Policy } from '../policy.js';
import { Problem } from '../problem.js';
import { canonical, uuidFrom } from '../secrets.js';
import { appendOf, checkEvents } from './appending.js';
import { answerOf, nothingNew, refusedBy, reused } from './answering.js';
import { Facts, type FactSource } from './facts.js';
import { load } from './loading.js';

/** By whom and how a command is given. */
export interface Giving {
  /** A UUID. */
  readonly commandId: string;
  /** The account that is asked for its grants; null: the service itself, by an automation or a worker. */
  readonly principal: Principal | null;
  readonly origin: Omit<Origin, 'commandId' | 'actor'>;
}
export interface ExecutorOptions extends FactSource {
  readonly store: Pick<EventStore, 'append' | 'load' | 'resultOf'>;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly allowTestId: boolean;
  secret(name: string): KeyObject;
}
interface Attempt {
  readonly command: AnyCommand;
  readonly prepared: Prepared;
  readonly giving: Giving;
  readonly fingerprint: string;
  readonly actor: string;
}
/** A race is decided anew this often. */
const ATTEMPTS = 4;

/** Gives commands: read, prepare, load, permit, decide, append; and again when somebody else was faster. */
export class CommandExecutor {
  private readonly fingerprintKey: KeyObject;
  private readonly facts: Facts;

  constructor(private readonly options: ExecutorOptions) {
    this.fingerprintKey = options.secret('command-fingerprint');
    this.facts = new Facts(options);
  }

  /** @throws Problem for whatever the caller can do something about */
  async give(command: AnyCommand, raw: unknown, giving: Giving): Promise<CommandAnswer> {
    const { policy, manifest } = this.options;
    if (giving.principal) policy.mayAtAll(giving.principal, command.may.roles);
    const input: unknown = await readInput(command.input, raw);
    const actor = giving.principal?.id ?? `service:${manifest.name}`;
    const fingerprint = this.fingerprint(command, raw);
    const prepared = await this.prepare(command, input, { actor, commandId: giving.commandId });
    if (isRefusal(prepared)) return this.earlier({ giving, fingerprint }, () => refusedBy(command, prepared));
    return this.persist({ command, prepared, giving, fingerprint, actor });
  }

  /** Keyed, as an input may hold personal data that a plain hash would give away. */
  private fingerprint(command: AnyCommand, raw: unknown): string {
    return createHmac('sha256', this.fingerprintKey).update(canonical([command.name, raw])).digest('base64url');
  }

  private async prepare(command: AnyCommand, input: unknown, by: { actor: string; commandId: string }): Promise<Prepared | Refusal> {
    const { manifest, database, clock, allowTestId } = this.options;
    const preparation = manifest.prepare?.[command.name];
    if (!preparation) return { input };
    return preparation(input as never, {
      ...by,
      db: database,
      today: dayOf(clock.now()),
      allowTestId,
      schemaOf: (view) => this.options.schemaOf(view),
      secret: (name) => this.options.secret(name),
      newId: (name) => uuidFrom(by.commandId, name),
    });
  }

  private async persist(attempt: Attempt): Promise<CommandAnswer> {
    for (let tries = 1; tries <= ATTEMPTS; tries += 1) {
      const answer = await this.attempt(attempt);
      if (answer) return answer;
      // A pause of its own length lets one of the racing commands through.
      await new Promise((resolve) => setTimeout(resolve, tries * 5 * Math.random()));
    }
    return this.earlier(attempt, () => new Problem('raced'));
  }

  /** Undefined: raced. */
  private async attempt(attempt: Attempt): Promise<CommandAnswer | undefined> {
    const { command, prepared, giving } = attempt;
    const { store, clock, policy, manifest, database } = this.options;
    const situation = await load(store, command, prepared.input);
    const facts = await this.facts.for(command.needs(prepared.input, situation.known));
    const about = { input: prepared.input, states: situation.states, facts } as never;
    const now = clock.now();
    const roles = giving.principal ? await policy.permit(giving.principal, command.may, { about, day: dayOf(now) }) : [];
    const outcome = decide(command, { ...(about as object), now, today: dayOf(now), actor: attempt.actor, roles, onBehalfOf: giving.origin.onBehalfOf } as never) as readonly Emission[] | Refusal;
    if (isRefusal(outcome)) return this.earlier(attempt, () => refusedBy(command, outcome));
    if (outcome.length === 0) return this.earlier(attempt, () => nothingNew(giving.commandId, situation));
    checkEvents(manifest.name, outcome);
    await prepared.keep?.(database);
    const { commandId, origin } = giving;
    const appended = await store.append({ commandId, fingerprint: attempt.fingerprint, origin: { ...origin, actor: attempt.actor }, streams: appendOf(outcome, situation) });
    return this.appended(appended, commandId);
  }

  private appended(appended: Appended, commandId: string): CommandAnswer | undefined {
    if (appended.status === 'conflict') return undefined;
    if (appended.status === 'reused') throw reused();
    return answerOf(this.options.manifest.name, commandId, appended);
  }

  /** A repetition is answered with the first result, even where the decision would now be another. */
  private async earlier({ giving, fingerprint }: Pick<Attempt, 'giving' | 'fingerprint'>, otherwise: () => Problem | CommandAnswer): Promise<CommandAnswer> {
    const first: (Written & { fingerprint: string }) | null = await this.options.store.resultOf(giving.commandId);
    if (first && first.fingerprint !== fingerprint) throw reused();
    if (first) return answerOf(this.options.manifest.name, giving.commandId, first);
    const answer = otherwise();
    if (answer instanceof Problem) throw answer;
    return answer;
  }
}
