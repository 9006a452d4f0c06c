import { setTimeout as pause } from 'node:timers/promises';
import { creditCheckCharacter, organisationCheckCharacter } from '#standards';
import { bind, close, done, get, idsOf, open, post, state } from '../../../test/infra/cooperative.js';

let registered: string;
beforeAll(async () => {
  registered = await open();
}, 120_000);
afterAll(close, 60_000);

describe('Cooperatives', () => {
  test('are listed as they stand on a day, within the grants', async () => {
    const { body } = await get('district', `/cooperative/cooperatives?asOf=2022-07-18&at=${registered}`);
    expect(body).toMatchObject({ total: 2, items: [{ id: 'c-1', villageId: 'r-1', operation: 'NORMAL', products: ['桃'], state: 'REGISTERED', validThrough: null }, { id: 'c-2' }] });
    expect(idsOf(await get('village', '/cooperative/cooperatives'))).toEqual(['c-1']);
    expect(idsOf(await get('neighbour', '/cooperative/cooperatives'))).toEqual(['c-2']);
    expect(idsOf(await get('district', `/cooperative/cooperatives?q=${encodeURIComponent('测试c-2')}`))).toEqual(['c-2']);
  });

  test('are registered once per credit code, whoever is faster', async () => {
    const input = { creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: '重复', villageId: 'r-1', validFrom: '2022-01-01' };
    expect((await post('district', '/cooperative/cooperatives', input)).body).toMatchObject({ status: 409, code: 'code-taken' });
    expect((await post('district', '/cooperative/cooperatives', { ...input, creditCode: '93410308XX0000035X' })).body).toMatchObject({ status: 409, code: 'wrong-credit-code' });
    const body = '93410308XX000099';
    const inner = body + organisationCheckCharacter(body.slice(8));
    const creditCode = inner + creditCheckCharacter(inner);
    const answers = await Promise.all([1, 2, 3].map(() => post('district', '/cooperative/cooperatives', { ...input, creditCode })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const [first] = answers.filter(({ status }) => status === 200);
    expect(first?.body.ids.cooperative).toMatch(/^[0-9a-f-]{36}$/);
    await done(post('district', `/cooperative/cooperatives/${first?.body.ids.cooperative}/void`));
    await done(post('district', '/cooperative/cooperatives', { ...input, id: 'c-again', creditCode }));
    await done(post('district', '/cooperative/cooperatives/c-again/void'));
  });

  test('are registered by officials of the village only', async () => {
    const input = { creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: '越权', villageId: 'r-1' };
    expect((await post('neighbour', '/cooperative/cooperatives', input)).status).toBe(403);
    expect((await post('manager', '/cooperative/cooperatives', input)).status).toBe(403);
  });

  test('in a village that is not known yet are to be tried again', async () => {
    const { body } = await post('district', '/cooperative/cooperatives', { creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: '未知', villageId: 'r-nowhere' });
    expect(body.code).toBe('not-known-yet');
  });
});

describe('A binding', () => {
  test('goes from draft to active, each step by whom it belongs to', async () => {
    const input = { id: 'b-1', householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER', validFrom: '2022-03-01', submit: true, claims: [{ id: 'k-1', parcelId: 'l-1', crop: '桃' }] };
    expect((await post('neighbour', '/cooperative/bindings', { ...input, onBehalfOf: 'c-1' })).status).toBe(403);
    await done(post('both', '/cooperative/bindings', input));
    const confirmation = { method: 'IN_PERSON', on: '2022-02-20', by: 'HEAD' };
    expect((await post('both', '/cooperative/bindings/b-1/confirm', confirmation)).body.code).toBe('confirmed-by-submitter');
    expect((await post('manager', '/cooperative/bindings/b-1/confirm', confirmation)).status).toBe(403);
    expect((await post('manager', '/cooperative/bindings/b-1/admit')).body.code).toBe('not-confirmed');
    await done(post('village', '/cooperative/bindings/b-1/confirm', confirmation));
    const at = await done(post('manager', '/cooperative/bindings/b-1/admit', { validFrom: '2022-02-15' }));
    const { body } = await get('village', `/cooperative/bindings?id=b-1&at=${at}`);
    expect(body.items).toMatchObject([{ id: 'b-1', state: 'ACTIVE', validFrom: '2022-02-15', validThrough: null, counts: true, villageId: 'r-1', confirmation }]);
    expect(idsOf(await get('neighbour', '/cooperative/bindings'))).toEqual([]);
  });

  test('is submitted by an official for the cooperative he names, and by nobody in its place otherwise', async () => {
    const input = { householdId: 'h-4', cooperativeId: 'c-1', linkage: 'MEMBER', submit: true };
    expect((await post('village', '/cooperative/bindings', input)).body.code).toBe('unsaid-for-whom');
    const answer = await post('village', '/cooperative/bindings', { ...input, onBehalfOf: 'c-1' });
    expect(answer.status).toBe(200);
    await done(post('village', `/cooperative/bindings/${answer.body.ids.binding}/void`));
  });

  test('is one at a time, whoever is faster', async () => {
    const input = (id: string) => ({ id, householdId: 'h-2', cooperativeId: 'c-1', linkage: 'ORDER', validFrom: '2022-03-01' });
    const answers = await Promise.all(['b-x1', 'b-x2', 'b-x3', 'b-x4'].map((id) => post('manager', '/cooperative/bindings', input(id))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(['already-bound', 'already-bound', 'already-bound']);
  });

  test('to a second cooperative is lawful; of two that claim one parcel the conflict comes on the work list and is resolved', async () => {
    const at = await bind('b-2', ['h-1', 'c-2'], { claims: [{ id: 'k-2', parcelId: 'l-1', crop: '桃' }] });
    expect(idsOf(await get('village', `/cooperative/bindings?householdId=h-1&at=${at}`))).toEqual(['b-1', 'b-2']);
    let open: { id: string; parcelId: string; claimIds: string[]; area: number }[] = [];
    for (let tries = 0; tries < 100 && open.length === 0; tries += 1) {
      open = (await get('village', '/cooperative/conflicts?state=OPEN')).body.items;
      await pause(50);
    }
    expect(open).toMatchObject([{ parcelId: 'l-1', claimIds: ['k-1', 'k-2'], cooperativeIds: ['c-1', 'c-2'], area: 325 }]);
    expect((await get('neighbour', '/cooperative/conflicts')).body.items).toEqual([]);
    expect((await get('manager', '/cooperative/conflicts')).body.items).toHaveLength(1);
    const standsOn = async (day: string, seen: string): Promise<unknown[]> =>
      (await get('village', `/cooperative/conflicts?asOf=${day}&at=${seen}`)).body.items.flatMap(({ state: now, sharedFrom, sharedThrough }: Record<string, unknown>) => [now, sharedFrom, sharedThrough]);
    const acts: readonly (readonly [who: string, path: string, input: object, today: unknown[]])[] = [
      ['manager', 'bindings/b-2/claims/k-2/end', { validThrough: '2022-06-30' }, ['CEASED', '2022-03-01', '2022-06-30']],
      ['manager', 'bindings/b-2/claims/k-2/correct', { open: true }, ['OPEN', '2022-03-01', null]],
      ['district', 'cooperatives/c-2/dissolve', { validThrough: '2022-06-15' }, ['CEASED', '2022-03-01', '2022-06-15']],
      ['district', 'cooperatives/c-2/dissolution/void', {}, ['OPEN', '2022-03-01', null]],
    ];
    for (const [who, path, input, today] of acts) {
      const seen = await done(post(who, `/cooperative/${path}`, input));
      expect([path, await standsOn('2022-07-18', seen), (await standsOn('2022-06-10', seen))[0]]).toEqual([path, today, 'OPEN']);
    }
    expect((await post('neighbour', `/cooperative/conflicts/${open[0]?.id}/resolve`, { resolution: 'BOTH_STAND' })).status).toBe(403);
    const resolve = (resolution: string) => post('village', `/cooperative/conflicts/${open[0]?.id}/resolve`, { resolution, note: '轮作' });
    for (const resolution of ['CLAIM_ENDED', 'CLAIM_VOIDED']) expect((await resolve(resolution)).body).toMatchObject({ status: 409, code: 'claims-still-stand', detail: expect.stringContaining('k-1, k-2') });
    const resolved = await done(resolve('BOTH_STAND'));
    expect((await get('village', `/cooperative/conflicts?at=${resolved}`)).body.items).toMatchObject([{ state: 'RESOLVED', resolution: 'BOTH_STAND', note: '轮作', resolvedOn: '2022-07-18' }]);
  });

  test('a conflict is resolved by an end at once after the end, not before, and not by one to come', async () => {
    for (const [id, cooperative] of [['b-c1', 'c-1'], ['b-c2', 'c-2']] as const) await bind(id, ['h-3', cooperative], { claims: [{ id: `k-${id}`, parcelId: 'l-2', crop: '桃' }] });
    const conflict = async (state: string): Promise<string | undefined> => (await get('village', `/cooperative/conflicts?parcelId=l-2&state=${state}`)).body.items[0]?.id as string | undefined;
    for (let tries = 0; tries < 100 && !(await conflict('OPEN')); tries += 1) await pause(50);
    const resolve = async (): Promise<string | undefined> => {
      const { status, body } = await post('village', `/cooperative/conflicts/${(await conflict('OPEN')) ?? (await conflict('CEASED'))}/resolve`, { resolution: 'CLAIM_ENDED' });
      return status === 200 ? 'resolved' : (body.code as string);
    };
    const claim = '/cooperative/bindings/b-c2/claims/k-b-c2';
    expect(await resolve()).toBe('claims-still-stand');
    await done(post('manager', `${claim}/end`, { validThrough: '2022-12-31' }));
    expect(await resolve()).toBe('claims-still-stand');
    await done(post('manager', `${claim}/correct`, { validThrough: '2022-07-18' }));
    expect(await resolve()).toBe('resolved');
    await done(post('manager', '/cooperative/bindings/b-c1/void'));
    await done(post('manager', '/cooperative/bindings/b-c2/void'));
  });

  test('ends, and the end is corrected and voided', async () => {
    await bind('b-3', ['h-3', 'c-1']);
    let at = await done(post('manager', '/cooperative/bindings/b-3/end', { validThrough: '2022-06-30', reason: 'WITHDRAWN' }));
    expect((await get('village', `/cooperative/bindings?id=b-3&at=${at}`)).body.items).toMatchObject([{ state: 'ENDED', endReason: 'WITHDRAWN', validThrough: '2022-06-30', counts: false }]);
    expect((await get('village', '/cooperative/bindings?id=b-3&asOf=2022-06-30')).body.items).toMatchObject([{ state: 'ACTIVE', counts: true }]);
    at = await done(post('manager', '/cooperative/bindings/b-3/end/correct', { validThrough: '2022-05-31' }));
    expect((await get('village', `/cooperative/bindings?id=b-3&asOf=2022-06-30&at=${at}`)).body.items).toMatchObject([{ state: 'ENDED' }]);
    at = await done(post('manager', '/cooperative/bindings/b-3/end/void'));
    expect((await get('village', `/cooperative/bindings?id=b-3&at=${at}`)).body.items).toMatchObject([{ state: 'ACTIVE', endReason: null, validThrough: null }]);
    at = await done(post('manager', '/cooperative/bindings/b-3/void'));
    expect((await get('village', `/cooperative/bindings?id=b-3&at=${at}`)).body.items).toEqual([]);
  });

  test('shows a dissolved cooperative without being touched, and counts again when the dissolution is voided', async () => {
    const shown = async (at: string) => (await get('village', `/cooperative/bindings?id=b-2&at=${at}`)).body.items;
    expect(await shown(await done(post('neighbour', '/cooperative/cooperatives/c-2/dissolve', { validThrough: '2022-06-30' })))).toMatchObject([{ state: 'ENDED', endReason: 'COOP_DEREGISTERED', validThrough: '2022-06-30', counts: false }]);
    expect((await get('village', '/cooperative/bindings?id=b-2&asOf=2022-06-30')).body.items).toMatchObject([{ state: 'ACTIVE', counts: true }]);
    expect(await shown(await done(post('neighbour', '/cooperative/cooperatives/c-2/dissolution/void')))).toMatchObject([{ state: 'ACTIVE', endReason: null, counts: true }]);
  });

  test('claims are listed with the area of their parcels, and an enterprise sees those of the cooperatives bound to it', async () => {
    const at = await done(post('manager', '/cooperative/bindings/b-1/claims', { claims: [{ parcelId: 'l-2', crop: '葡萄', validFrom: '2022-04-01' }] }));
    expect((await get('village', `/cooperative/claims?bindingId=b-1&at=${at}`)).body.items).toMatchObject([{ id: 'b-1.k2', parcelId: 'l-2', crop: '葡萄', area: 325 }, { id: 'k-1' }]);
    expect(idsOf(await get('staff', '/cooperative/claims'))).toEqual([]);
    const linked = await state('enterprise', 'n-1', 'CoopEnterpriseBound', { factId: 'n-1', from: '2022-01-01', to: null, cooperativeId: 'c-1', enterpriseId: 'e-1' });
    expect(idsOf(await get('staff', `/cooperative/claims?at=${linked}`))).toEqual(['b-1.k2', 'k-1']);
    expect(idsOf(await get('staff', '/cooperative/cooperatives'))).toEqual(['c-1']);
  });

  test('lists are paged', async () => {
    const first = (await get('district', '/cooperative/bindings?limit=2')).body;
    const second = (await get('district', `/cooperative/bindings?limit=2&after=${first.next}`)).body;
    expect(first.total).toBe(3);
    expect([...first.items, ...second.items].map(({ id }: { id: string }) => id)).toHaveLength(3);
    expect(second.next).toBeNull();
  });
});
