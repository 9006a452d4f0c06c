import { EVENTS, IsId, IsLabel, type ServiceName } from '#contracts';
import { type AnyCommand, defineCommand, defineStream, emit } from '#decider';
import { defineService, post, type Service } from '#service-kit';
import { IsObject } from 'class-validator';

const stated = defineStream<{ n: number }>({ name: 'stated', initial: { n: 0 }, evolve: ({ n }) => ({ n: n + 1 }) });

export class StateFact {
  @IsId() stream: string;
  @IsLabel() type: string;
  @IsObject() data: { from: string };
}

/**
 * Stands in for a neighbouring service in a test of one service alone: it says whatever event of the published language it is told to,
 * through its own store and the real feed.
 */
export const statedFacts = (name: ServiceName): Service => {
  const state = defineCommand({
    name: 'state-fact',
    title: { zh: '陈述', en: 'State a fact' },
    input: StateFact,
    example: { stream: 's-1', type: 'ParcelRegistered', data: { from: '2022-01-01' } },
    streams: (input) => ({ stated: stated.at(input.stream) }),
    may: { roles: ['DISTRICT_OFFICIAL'] },
    refusals: { unknown: { zh: '未知事件', en: 'no such event' } },
    decide: ({ input: { type, data }, states, refuse }) => {
      const event = EVENTS.get(type);
      return event ? emit(states.stated, event.of(data, data.from)) : refuse('unknown');
    },
  }) as AnyCommand;
  return defineService({ name, title: { zh: name, en: name }, commands: [state], views: [], routes: [post('/facts', state)] });
};
