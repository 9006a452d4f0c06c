import { globSync } from 'node:fs';
import { ROLES } from '#contracts';
import { type AnyCommand, defineCommand } from '#decider';
import { type AnyQuery, defineQuery, defineService, get, post, type Service } from '#service-kit';
import { services } from '../apps/platform/src/services.js';

type Open = AnyCommand | AnyQuery;

/** Whatever has a route, so that somebody may do or ask it, without saying who may. What has none is given by automations alone. */
const withoutPolicy = ({ name, routes }: Service): string[] => {
  const declares = ({ may }: Open): boolean => (may?.roles ?? []).length > 0 && may.roles.every((role) => (ROLES as readonly string[]).includes(role));
  return routes.filter(({ to }) => !declares(to)).map(({ to }) => `${name} ${to.name}`);
};

class Nothing {}
const title = { zh: '无', en: 'nothing' };
const query = { name: 'list-nothing', title, input: Nothing, example: {}, run: () => Promise.resolve({}) };
const command = { name: 'do-nothing', title, input: Nothing, example: {}, streams: () => ({}), refusals: {}, decide: () => [] };
const planted = (to: Open, way: 'get' | 'post'): Service => defineService({ name: 'planted', title, commands: [], views: [], routes: [way === 'get' ? get('/nothing', to as AnyQuery) : post('/nothing', to)] });

describe('Who may', () => {
  test.each(services.map((service) => [service.name, service] as const))('is declared on every route of %s, in roles that exist', (_, service) => expect(withoutPolicy(service)).toEqual([]));
  test('every service is looked at', () => expect(services.length).toBe(globSync('apps/*/src/service.ts').length));

  test('a question without a policy does not compile, and is caught all the same', () => {
    // @ts-expect-error -- a query must say who may
    expect(withoutPolicy(planted(defineQuery(query), 'get'))).toEqual(['planted list-nothing']);
  });
  test('a command without a policy does not compile, and is caught all the same', () => {
    // @ts-expect-error -- a command must say who may
    expect(withoutPolicy(planted(defineCommand(command), 'post'))).toEqual(['planted do-nothing']);
  });
  test('roles that nobody can hold are no policy', () => {
    expect(withoutPolicy(planted(defineQuery({ ...query, may: { roles: [] } }), 'get'))).toHaveLength(1);
    expect(withoutPolicy(planted(defineQuery({ ...query, may: { roles: ['KING'] } }), 'get'))).toHaveLength(1);
    expect(withoutPolicy(planted(defineQuery({ ...query, may: { roles: ['ANALYST'] } }), 'get'))).toEqual([]);
  });
});
