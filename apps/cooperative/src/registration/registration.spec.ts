import { CooperativeCodeReleased, CooperativeCodeReserved, operation, products, registration, type RegistrationData, seat } from '#contracts';
import { given } from '#decider';
import { cooperative } from './cooperative.js';
import { correctDissolution } from './correct-dissolution.js';
import { correctOperation } from './correct-operation.js';
import { correctProducts } from './correct-products.js';
import { correctRegistration } from './correct-registration.js';
import { correctSeat } from './correct-seat.js';
import { codeStream } from './credit-code.js';
import { dissolveCooperative } from './dissolve-cooperative.js';
import { moveSeat } from './move-seat.js';
import { registerCooperative } from './register-cooperative.js';
import { stateOperation } from './state-operation.js';
import { stateProducts } from './state-products.js';
import { voidDissolution } from './void-dissolution.js';
import { voidOperation } from './void-operation.js';
import { voidProducts } from './void-products.js';
import { voidRegistration } from './void-registration.js';
import { voidSeat } from './void-seat.js';

const [CODE, OTHER_CODE] = ['93410308XX0000019H', '93410308XX0000027C'];
const stream = cooperative.at('c-1');
const data: RegistrationData = { factId: 'c-1.registration', from: '2019-05-01', to: null, cooperativeId: 'c-1', creditCode: CODE, kind: 'SPECIALIZED', name: '测试01合作社' };
const { events: R } = registration;
const { events: S } = seat;
const { events: O } = operation;
const { events: P } = products;
const registered = R.CooperativeRegistered.of(data, data.from);
const firstSeat = { factId: 'c-1.seat.1', from: '2019-05-01', cooperativeId: 'c-1', villageId: 'r-1' };
const reserved = CooperativeCodeReserved.of({ creditCode: CODE, cooperativeId: 'c-1' }, data.from);
const input = { id: 'c-1', creditCode: CODE, kind: 'SPECIALIZED' as const, name: '测试01合作社', villageId: 'r-1', products: ['桃'], validFrom: '2019-05-01' };
const known = given().events(stream, registered, S.CooperativeSeated.of(firstSeat, firstSeat.from)).events(codeStream(CODE, 'c-1'), reserved);
const dissolved = known.events(stream, R.CooperativeDissolved.of({ ...data, to: '2022-07-01' }, '2022-06-30'));
const c1 = { cooperativeId: 'c-1' };

describe('Registering a cooperative', () => {
  test('states registration, seat and products, and takes its credit code', () =>
    given().when(registerCooperative, input).emits(
      ['cooperative-c-1', registered],
      ['cooperative-c-1', S.CooperativeSeated.of(firstSeat, firstSeat.from)],
      ['cooperative-c-1', P.CooperativeProductsStated.of({ factId: 'c-1.products.1', from: data.from, ...c1, products: ['桃'] }, data.from)],
      [`cooperative_code-${CODE}`, reserved],
    ));
  test('a credit code is checked', () => given().when(registerCooperative, { ...input, creditCode: '93410308XX0000019J' }).rejects('wrong-credit-code'));
  test('full-width and small letters are the same code', () => expect(codeStream('９3410308xx0000019h', 'c-1').key).toBe(codeStream(CODE, 'c-1').key));
  test('an enterprise code is none of a cooperative', () => given().when(registerCooperative, { ...input, creditCode: '91410308XX0000019P' }).rejects('code-of-another-kind'));
  test('a credit code is registered once', () => known.when(registerCooperative, { ...input, id: 'c-2' }).rejects('code-taken'));
  test('an id is taken once', () => known.when(registerCooperative, { ...input, creditCode: OTHER_CODE }).rejects('id-taken'));
});

describe('Correcting and voiding a registration', () => {
  test('a corrected credit code gives the old one back and takes the new one', () =>
    known.when(correctRegistration, { ...c1, creditCode: OTHER_CODE }).emits(
      ['cooperative-c-1', R.CooperativeRegistrationCorrected.of({ ...data, creditCode: OTHER_CODE }, data.from)],
      [`cooperative_code-${CODE}`, CooperativeCodeReleased.of({ creditCode: CODE, ...c1 }, '2022-07-18')],
      [`cooperative_code-${OTHER_CODE}`, CooperativeCodeReserved.of({ creditCode: OTHER_CODE, ...c1 }, '2022-07-18')],
    ));
  test('a corrected name states the whole registration', () => known.when(correctRegistration, { ...c1, name: '测试甲' }).emits(R.CooperativeRegistrationCorrected.of({ ...data, name: '测试甲' }, data.from)));
  test('correcting to what it is already changes nothing', () => known.when(correctRegistration, { ...c1, creditCode: CODE, name: data.name }).emits());
  test('it cannot begin after its dissolution', () => dissolved.when(correctRegistration, { ...c1, validFrom: '2022-07-01' }).rejects('begins-after-it-ends'));
  test('voided, it frees its credit code and can be voided no more', () => {
    known.when(voidRegistration, c1).emits(['cooperative-c-1', R.CooperativeRegistrationVoided.of(data, data.from)], [`cooperative_code-${CODE}`, CooperativeCodeReleased.of({ creditCode: CODE, ...c1 }, '2022-07-18')]);
    known.events(stream, R.CooperativeRegistrationVoided.of(data, data.from)).when(voidRegistration, c1).rejects('not-registered');
  });
});

describe('Dissolving a cooperative', () => {
  test('it is registered through its last day', () => known.when(dissolveCooperative, { ...c1, validThrough: '2022-06-30' }).emits(R.CooperativeDissolved.of({ ...data, to: '2022-07-01' }, '2022-06-30')));
  test('not before it began', () => known.when(dissolveCooperative, { ...c1, validThrough: '2019-04-30' }).rejects('ends-before-it-begins'));
  test('not twice', () => dissolved.when(dissolveCooperative, { ...c1, validThrough: '2022-06-30' }).rejects('already-dissolved'));
  test('on another day than was entered', () => dissolved.when(correctDissolution, { ...c1, validThrough: '2022-05-31' }).emits(R.CooperativeDissolutionCorrected.of({ ...data, to: '2022-06-01' }, '2022-05-31')));
  test('never after all', () => dissolved.when(voidDissolution, c1).emits(R.CooperativeDissolutionVoided.of(data, data.from)));
  test('what is not dissolved has no dissolution to correct', () => {
    known.when(correctDissolution, { ...c1, validThrough: '2022-05-31' }).rejects('not-dissolved');
    known.when(voidDissolution, c1).rejects('not-dissolved');
  });
});

describe('What is said of a cooperative by day', () => {
  const second = { factId: 'c-1.seat.2', from: '2022-04-01', ...c1, villageId: 'r-2' };
  const moved = known.events(stream, S.CooperativeSeated.of(second, second.from));
  test('a move is a statement of its own', () => known.when(moveSeat, { ...c1, villageId: 'r-2', validFrom: '2022-04-01' }).emits(S.CooperativeSeated.of(second, second.from)));
  test('one seat a day', () => known.when(moveSeat, { ...c1, villageId: 'r-2', validFrom: '2019-05-01' }).rejects('already-stated'));
  test('a seat is corrected, but not onto the day of another', () => {
    moved.when(correctSeat, { ...c1, statementId: second.factId, villageId: 'r-3' }).emits(S.CooperativeSeatCorrected.of({ ...second, villageId: 'r-3' }, second.from));
    moved.when(correctSeat, { ...c1, statementId: second.factId, validFrom: '2019-05-01' }).rejects('already-stated');
  });
  test('a seat is voided, the last one is not', () => {
    moved.when(voidSeat, { ...c1, statementId: second.factId }).emits(S.CooperativeSeatVoided.of(second, second.from));
    known.when(voidSeat, { ...c1, statementId: firstSeat.factId }).rejects('last-seat');
  });
  const abnormal = { factId: 'c-1.operation.1', from: '2022-01-01', ...c1, operation: 'ABNORMAL' as const };
  const stated = known.events(stream, O.CooperativeOperationStated.of(abnormal, abnormal.from));
  test('its operation is stated, corrected and voided', () => {
    known.when(stateOperation, { ...c1, operation: 'ABNORMAL', validFrom: '2022-01-01' }).emits(O.CooperativeOperationStated.of(abnormal, abnormal.from));
    stated.when(correctOperation, { ...c1, statementId: abnormal.factId, operation: 'SHELL' }).emits(O.CooperativeOperationCorrected.of({ ...abnormal, operation: 'SHELL' }, abnormal.from));
    stated.when(voidOperation, { ...c1, statementId: abnormal.factId }).emits(O.CooperativeOperationVoided.of(abnormal, abnormal.from));
  });
  test('a voided statement keeps its key: the next one has a new one', () =>
    stated.events(stream, O.CooperativeOperationVoided.of(abnormal, abnormal.from)).when(stateOperation, { ...c1, operation: 'NORMAL', validFrom: '2022-01-01' })
      .emits(O.CooperativeOperationStated.of({ ...abnormal, factId: 'c-1.operation.2', operation: 'NORMAL' }, abnormal.from)));
  const peaches = { factId: 'c-1.products.1', from: '2022-01-01', ...c1, products: ['桃'] };
  const makes = known.events(stream, P.CooperativeProductsStated.of(peaches, peaches.from));
  test('its products are stated, corrected and voided', () => {
    known.when(stateProducts, { ...c1, products: ['桃'], validFrom: '2022-01-01' }).emits(P.CooperativeProductsStated.of(peaches, peaches.from));
    makes.when(correctProducts, { ...c1, statementId: peaches.factId, products: ['葡萄'] }).emits(P.CooperativeProductsCorrected.of({ ...peaches, products: ['葡萄'] }, peaches.from));
    makes.when(voidProducts, { ...c1, statementId: peaches.factId }).emits(P.CooperativeProductsVoided.of(peaches, peaches.from));
  });
  test('nothing is said of a cooperative that was never registered', () => {
    given().when(moveSeat, { ...c1, villageId: 'r-2' }).rejects('not-registered');
    given().when(voidProducts, { ...c1, statementId: 'x' }).rejects('no-such-statement');
  });
});
