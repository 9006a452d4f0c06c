import { Validator } from '@seriousme/openapi-schema-validator';
import { isCommand, type Route } from '#service-kit';
import { services } from '../../apps/platform/src/services.js';
import { CASES } from './cases.js';
import { ask, BAILU, close, giveAll, open, OURS } from './world.js';

/** A JSON Schema, and any part of the document. */
interface Node {
  readonly [name: string]: Node | undefined;
}
const dig = (from: unknown, ...names: readonly string[]): Node => names.reduce<Node>((at, name) => at[name] ?? {}, (from ?? {}) as Node);
const namesOf = (node: unknown): string[] => Object.keys(node as object);

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}
/** What the documentation tells of one route. */
class Told {
  constructor(private readonly operation: Node) {}

  get parameters(): readonly Parameter[] {
    return (this.operation.parameters ?? []) as unknown as readonly Parameter[];
  }
  get body(): Node {
    return dig(this.operation, 'requestBody', 'content', 'application/json', 'schema');
  }
  get needed(): readonly string[] {
    return (this.body.required ?? []) as unknown as readonly string[];
  }
  /** Names of everything that may be given. */
  get fields(): string[] {
    return [...this.parameters.map(({ name }) => name), ...namesOf(dig(this.body, 'properties'))];
  }
  get answer(): Node {
    return dig(this.operation, 'responses', '200', 'content', 'application/json', 'schema');
  }
  get refusals(): string[] {
    return namesOf(dig(this.operation, 'responses', '409', 'content', 'application/problem+json', 'examples'));
  }
  get statuses(): string[] {
    return namesOf(dig(this.operation, 'responses'));
  }
}

let document: Node;
const told = (service: string, { method, path }: Route): Told => new Told(dig(document, 'paths', `/${service}${path.replace(/:(\w+)/g, '{$1}')}`, method.toLowerCase()));
const routes = services.flatMap(({ name, routes: all }) => all.map((route) => [`${route.method} /${name}${route.path}`, name, route] as const));

beforeAll(async () => {
  await open(services.map(({ name }) => name));
  document = (await ask('/docs-json')) as unknown as Node;
}, 240_000);
afterAll(close, 60_000);

describe('The documentation', () => {
  test('is valid OpenAPI, with every reference resolved', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document) as unknown as Record<string, unknown>)).toMatchObject({ valid: true });
    const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, pointer]) => String(pointer));
    expect([...new Set(pointers)].filter((pointer) => namesOf(dig(document, ...pointer.split('/'))).length === 0)).toEqual([]);
  });

  test.each(routes.filter(([, , { to }]) => isCommand(to)))('%s shows its input, an example of it, and every refusal', (_name, service, route) => {
    const { to } = route;
    const { fields, needed, body, refusals, statuses, answer } = told(service, route);
    expect(fields).toEqual(expect.arrayContaining(namesOf(to.example)));
    expect(namesOf(dig(body, 'example'))).toEqual(expect.arrayContaining([...needed]));
    expect(refusals).toEqual(isCommand(to) ? namesOf(to.refusals) : []);
    expect(statuses).toEqual(expect.arrayContaining(['400', '401', '403', '412', '415', '429', '503']));
    expect(namesOf(dig(answer, 'properties'))).toContain('at');
  });

  test.each(routes.filter(([, service, { to }]) => !isCommand(to) && OURS.includes(service)))('%s shows its parameters and the shape of its answer', (_name, service, route) => {
    const { fields, answer, parameters } = told(service, route);
    expect(fields).toEqual(expect.arrayContaining(namesOf(route.to.example)));
    expect(namesOf(dig(answer, 'properties')).length).toBeGreaterThan(0);
    expect(parameters.filter(({ name, required }) => name === 'limit' && required)).toEqual([]);
  });

  test('a nested input stands where it is used, and a day is a day', () => {
    const draft = dig(document, 'paths', '/cooperative/bindings', 'post', 'requestBody', 'content', 'application/json', 'schema', 'properties');
    expect(namesOf(dig(draft, 'claims', 'items', 'properties'))).toContain('parcelId');
    expect(draft.validFrom).toMatchObject({ type: 'string', format: 'date' });
  });
});

describe('What is answered', () => {
  const ASKED: readonly (readonly [template: string, path: string])[] = [
    ['/farmer/regions', '/farmer/regions?limit=1'],
    ['/farmer/regions/{regionId}', `/farmer/regions/${BAILU}`],
    ['/farmer/villages', '/farmer/villages?name=白鹿村'],
    ['/farmer/households', '/farmer/households?limit=1'],
    ['/farmer/households/{householdId}', '/farmer/households/h-a'],
    ['/farmer/persons', '/farmer/persons?limit=1'],
    ['/farmer/persons/{personId}', '/farmer/persons/p-1'],
    ['/farmer/parcels', '/farmer/parcels?limit=1'],
    ['/farmer/parcels/{parcelId}', '/farmer/parcels/l-1'],
    ['/farmer/plantings', '/farmer/plantings?limit=1'],
    ['/farmer/harvests', '/farmer/harvests?limit=1'],
    ['/cooperative/cooperatives', '/cooperative/cooperatives?limit=1'],
    ['/cooperative/bindings', '/cooperative/bindings?limit=1'],
    ['/cooperative/claims', '/cooperative/claims?limit=1'],
    ['/enterprise/enterprises', '/enterprise/enterprises?limit=1'],
    ['/enterprise/links', '/enterprise/links?limit=1'],
    ['/enterprise/contracts', '/enterprise/contracts?limit=1'],
    ['/enterprise/deliveries', '/enterprise/deliveries?limit=1'],
  ];
  /** Names of the fields, lists opened at their first item. */
  const namesIn = (value: unknown, at = ''): string[] => {
    if (Array.isArray(value)) return value.length > 0 ? namesIn(value[0], `${at}[]`) : [];
    if (typeof value !== 'object' || value === null) return [at];
    return Object.entries(value).flatMap(([name, one]) => namesIn(one, `${at}.${name}`));
  };
  const shownIn = (shape: Node, at = ''): string[] => {
    if (shape.items) return shownIn(shape.items, `${at}[]`);
    return shape.properties ? Object.entries(shape.properties).flatMap(([name, one]) => shownIn(one as Node, `${at}.${name}`)) : [at];
  };
  const fieldsOf = (names: readonly string[]): string[] => [...new Set(names.map((name) => name.replace(/^\.items\[\]/, '').split(/[.[]/)[1] ?? ''))].sort();

  test('is what the documentation shows, field by field', async () => {
    for (const one of Object.values(CASES)) await giveAll(one.enter);
    for (const [template, path] of ASKED) {
      const shown = shownIn(new Told(dig(document, 'paths', template, 'get')).answer);
      const answered = namesIn(await ask(path));
      const unknown = answered.filter((name) => !shown.some((known) => known === name || known.startsWith(`${name}.`)));
      expect([template, unknown, fieldsOf(answered)]).toEqual([template, [], fieldsOf(shown)]);
    }
  }, 120_000);
});
