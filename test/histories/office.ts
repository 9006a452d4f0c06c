import { EVENTS } from '#contracts';
import { decide, eventId, isRefusal, type AnyCommand, type DomainEvent, type Emission, type RecordedEvent, type Refusal } from '#decider';
import type { StreamAppend } from '#event-store';
import { dayOf } from '#standards';
import { farmer } from '../../apps/farmer/src/service.js';
import { service as cooperative } from '../../apps/cooperative/src/service.js';
import { service as enterprise } from '../../apps/enterprise/src/service.js';
import { hash } from '../../libs/event-store/src/lanes.js';
import { appendOf, checkEvents } from '../../libs/service-kit/src/command/appending.js';
import { load } from '../../libs/service-kit/src/command/loading.js';
import { readInput } from '../../libs/service-kit/src/input/read-input.js';
import { answersTo, NotKnown } from './known-facts.js';
import { OPENING } from './calendar.js';

const COMMANDS = new Map([farmer, cooperative, enterprise].flatMap(({ name, commands }) => commands.map((command) => [command.name, { service: name, command }] as const)));

/** A command as somebody gives it. */
export interface Order {
  readonly command: string;
  readonly input: object;
  readonly actor?: string;
  readonly roles?: readonly string[];
}

export const LANES = 3;

interface Stream {
  readonly lane: number;
  readonly events: RecordedEvent[];
}
interface Lane {
  position: number;
  rec: number;
}

/**
 * Gives the real commands of farmer, cooperative and enterprise against streams in memory, and records what they decide under
 * the rules of the event store: one recordedAt a command, never backwards in a lane, positions without holes, a newborn stream
 * in the lane of the one it lies near. So only histories arise that the product can write.
 */
export class Office {
  /** In the order of their recording. */
  readonly events: RecordedEvent[] = [];
  readonly refusals = new Map<string, number>();
  /** Epoch ms. */
  now = OPENING;
  private readonly streams = new Map<string, Stream>();
  private readonly lanes = new Map<string, Lane>();

  /** The events it led to; a refusal's code when it was refused. */
  async give({ command: name, input: raw, actor = 'official', roles = ['DISTRICT_OFFICIAL'] }: Order): Promise<readonly RecordedEvent[] | string> {
    const known = COMMANDS.get(name);
    if (!known) throw new Error(`no command ${name}`);
    const { service, command } = known;
    const input = await readInput(command.input, raw);
    const store = { load: (keys: readonly string[]) => Promise.resolve(new Map(keys.map((key) => [key, this.streams.get(`${service}/${key}`)?.events ?? []]))) };
    const situation = await load(store as never, command, input);
    const about = this.facts(service, command, { input, known: situation.known });
    if (about instanceof NotKnown) return this.refused(name, 'not-known-yet');
    const deciding = { input, states: situation.states, facts: about, now: this.now, today: dayOf(this.now), actor, roles };
    const outcome = decide(command, deciding as never) as readonly Emission[] | Refusal;
    if (isRefusal(outcome)) return this.refused(name, outcome.code);
    checkEvents(service, outcome);
    return outcome.length === 0 ? [] : this.append(service, name, appendOf(outcome, situation));
  }

  private facts(service: string, command: AnyCommand, { input, known }: { input: unknown; known: never | ((ref: never) => unknown) }): Record<string, unknown> | NotKnown {
    return answersTo(service, command.needs(input, known as never) as never, this.events);
  }

  private refused(command: string, code: string): string {
    const name = `${command}: ${code}`;
    this.refusals.set(name, (this.refusals.get(name) ?? 0) + 1);
    return code;
  }

  private laneOf(service: string, { key, laneKey }: StreamAppend): number {
    return this.streams.get(`${service}/${key}`)?.lane ?? this.streams.get(`${service}/${laneKey}`)?.lane ?? hash(laneKey) % LANES;
  }

  private append(service: string, command: string, appends: readonly StreamAppend[]): RecordedEvent[] {
    const written = appends.filter(({ events }) => events.length > 0).map((append) => ({ ...append, lane: this.laneOf(service, append) }));
    const lanes = written.map(({ lane }) => this.lanes.get(`${service}:${lane}`)?.rec ?? 0);
    const recordedAt = Math.max(this.now, ...lanes);
    const recorded = written.flatMap(({ key, lane, events }) => events.map((event) => this.record({ service, stream: key, lane, recordedAt }, command, event)));
    this.events.push(...recorded);
    return recorded;
  }

  private record(at: { service: string; stream: string; lane: number; recordedAt: number }, command: string, event: DomainEvent): RecordedEvent {
    const { service, stream, lane, recordedAt } = at;
    const own = this.streams.get(`${service}/${stream}`) ?? { lane, events: [] };
    this.streams.set(`${service}/${stream}`, own);
    const position = (this.lanes.get(`${service}:${lane}`)?.position ?? 0) + 1;
    this.lanes.set(`${service}:${lane}`, { position, rec: recordedAt });
    const commandId = `${command}.${this.events.length}`;
    const recorded: RecordedEvent = {
      ...event, id: eventId(service, lane, position), service, lane, position, stream, version: own.events.length + 1, recordedAt,
      origin: { actor: 'someone', source: 'API', commandId, correlationId: commandId },
    };
    own.events.push(recorded);
    if (!EVENTS.has(event.type)) throw new Error(`${event.type} is not in the published language`);
    return recorded;
  }
}
