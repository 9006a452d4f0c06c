import { enterprise as fact, EnterpriseCodeReleased, EnterpriseCodeReserved, type EnterpriseData, recognition, type RecognitionData } from '#contracts';
import { given } from '#decider';
import { correctRecognition } from '../recognition/correct-recognition.js';
import { endRecognition } from '../recognition/end-recognition.js';
import { recogniseEnterprise } from '../recognition/recognise-enterprise.js';
import { voidRecognition } from '../recognition/void-recognition.js';
import { correctDissolution } from './correct-dissolution.js';
import { correctRegistration } from './correct-registration.js';
import { codeStream } from './credit-code.js';
import { dissolveEnterprise } from './dissolve-enterprise.js';
import { enterprise } from './enterprise.js';
import { registerEnterprise } from './register-enterprise.js';
import { voidDissolution } from './void-dissolution.js';
import { voidRegistration } from './void-registration.js';

const CODE = '91410308XX0000019P';
const OTHER = '91410308XX0000027J';
const E = fact.events;
const R = recognition.events;
const stream = enterprise.at('e-1');
const e1 = { enterpriseId: 'e-1' };
const data: EnterpriseData = { factId: 'e-1.registration', from: '2015-01-01', to: null, ...e1, creditCode: CODE, name: '测试01龙头企业', villageId: 'r-1' };
const input = { id: 'e-1', creditCode: CODE, name: data.name, villageId: 'r-1', validFrom: '2015-01-01' };
const reserved = EnterpriseCodeReserved.of({ creditCode: CODE, ...e1 }, data.from);
const known = given().events(stream, E.EnterpriseRegistered.of(data, data.from)).events(codeStream(CODE, 'e-1'), reserved);
const dissolved = known.events(stream, E.EnterpriseDissolved.of({ ...data, to: '2022-07-01' }, '2022-06-30'));

describe('An enterprise', () => {
  test('is registered with its credit code', () =>
    given().when(registerEnterprise, input).emits(['enterprise-e-1', E.EnterpriseRegistered.of(data, data.from)], [`enterprise_code-${CODE}`, reserved]));
  test('once per credit code and id', () => {
    known.when(registerEnterprise, { ...input, id: 'e-2' }).rejects('code-taken');
    known.when(registerEnterprise, { ...input, creditCode: OTHER }).rejects('id-taken');
    given().when(registerEnterprise, { ...input, creditCode: '91410308XX0000019Q' }).rejects('wrong-credit-code');
  });
  test('is corrected, its code exchanged', () =>
    known.when(correctRegistration, { ...e1, creditCode: OTHER }).emits(
      ['enterprise-e-1', E.EnterpriseRegistrationCorrected.of({ ...data, creditCode: OTHER }, data.from)],
      [`enterprise_code-${CODE}`, EnterpriseCodeReleased.of({ creditCode: CODE, ...e1 }, '2022-07-18')],
      [`enterprise_code-${OTHER}`, EnterpriseCodeReserved.of({ creditCode: OTHER, ...e1 }, '2022-07-18')],
    ));
  test('is voided, and its code is free', () =>
    known.when(voidRegistration, e1).emits(['enterprise-e-1', E.EnterpriseRegistrationVoided.of(data, data.from)], [`enterprise_code-${CODE}`, EnterpriseCodeReleased.of({ creditCode: CODE, ...e1 }, '2022-07-18')]));
  test('is dissolved, the day corrected, the dissolution voided', () => {
    known.when(dissolveEnterprise, { ...e1, validThrough: '2022-06-30' }).emits(E.EnterpriseDissolved.of({ ...data, to: '2022-07-01' }, '2022-06-30'));
    dissolved.when(dissolveEnterprise, { ...e1, validThrough: '2022-06-30' }).rejects('already-dissolved');
    dissolved.when(correctDissolution, { ...e1, validThrough: '2022-05-31' }).emits(E.EnterpriseDissolutionCorrected.of({ ...data, to: '2022-06-01' }, '2022-05-31'));
    dissolved.when(voidDissolution, e1).emits(E.EnterpriseDissolutionVoided.of(data, data.from));
    known.when(voidDissolution, e1).rejects('not-dissolved');
  });
});

describe('A leading enterprise', () => {
  const county: RecognitionData = { factId: 'e-1.recognition.1', from: '2021-01-01', to: '2023-01-01', ...e1, level: 'COUNTY' };
  const recognised = known.events(stream, R.EnterpriseRecognised.of(county, county.from));
  const r1 = { ...e1, recognitionId: county.factId };
  test('is recognised through the last day of the document', () =>
    known.when(recogniseEnterprise, { ...e1, level: 'COUNTY', validFrom: '2021-01-01', validThrough: '2022-12-31' }).emits(R.EnterpriseRecognised.of(county, county.from)));
  test('at one level once at a time, at two levels at once', () => {
    recognised.when(recogniseEnterprise, { ...e1, level: 'COUNTY', validFrom: '2022-01-01' }).rejects('already-recognised');
    recognised.when(recogniseEnterprise, { ...e1, level: 'MUNICIPAL', validFrom: '2022-01-01' }).emitted();
    recognised.when(recogniseEnterprise, { ...e1, level: 'COUNTY', validFrom: '2023-01-01' }).emitted();
  });
  test('no longer, from an earlier day on', () => {
    recognised.when(endRecognition, { ...r1, validThrough: '2022-06-30' }).emits(R.EnterpriseRecognitionEnded.of({ ...county, to: '2022-07-01' }, '2022-06-30'));
    recognised.when(endRecognition, { ...r1, validThrough: '2022-12-31' }).rejects('ended-before');
  });
  test('at another level or time than was entered', () => {
    recognised.when(correctRecognition, { ...r1, level: 'MUNICIPAL' }).emits(R.EnterpriseRecognitionCorrected.of({ ...county, level: 'MUNICIPAL' }, county.from));
    recognised.when(correctRecognition, { ...r1, open: true }).emits(R.EnterpriseRecognitionCorrected.of({ ...county, to: null }, county.from));
  });
  test('never', () => {
    recognised.when(voidRecognition, r1).emits(R.EnterpriseRecognitionVoided.of(county, county.from));
    known.when(voidRecognition, r1).rejects('no-such-recognition');
  });
});
