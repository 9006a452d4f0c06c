import { land, type LandData, ParcelCodeReleased, ParcelCodeReserved } from '#contracts';
import { given } from '#decider';
import { correctMeasure } from './correct-measure.js';
import { codesOf, parcel } from './parcel.js';
import { registerParcel } from './register-parcel.js';
import { remeasureParcel } from './remeasure-parcel.js';
import { voidMeasure } from './void-measure.js';

const { events: L } = land;
const DAY = '2022-01-01';
const TODAY = '2022-07-18';
const [CODE, OTHER] = ['4103081032100100001', '4103081032100100002'];
const data: LandData = { factId: 'l-1.land.1', from: DAY, parcelId: 'l-1', villageId: 'v', area: 325, parcelCode: CODE };
const reserved = ParcelCodeReserved.of({ parcelCode: CODE, parcelId: 'l-1' }, DAY);
const codeAt = (code: string) => codesOf('l-1', code)[0] as ReturnType<typeof codesOf>[number];
const start = given().facts({ village: { regionId: 'v', level: 'VILLAGE' } });
const known = given().facts({ village: [] }).events(parcel.at('l-1'), L.ParcelRegistered.of(data, DAY)).events(codeAt(CODE), reserved);
const input = { parcelId: 'l-1', villageId: 'v', area: 325, parcelCode: CODE, validFrom: DAY };
const again = { ...data, factId: 'l-1.land.2', from: '2022-06-01', area: 330 };

describe('A parcel', () => {
  test('is registered with village, area and code, which it takes', () => start.when(registerParcel, input).emits(['parcel-l-1', L.ParcelRegistered.of(data, DAY)], [`parcelcode-${CODE}`, reserved]));
  test('needs no code', () => start.when(registerParcel, { parcelId: 'l-2', villageId: 'v', area: 1 }).emits(L.ParcelRegistered.of({ factId: 'l-2.land.1', from: TODAY, parcelId: 'l-2', villageId: 'v', area: 1 }, TODAY)));
  test('has a code of 19 digits', () => start.when(registerParcel, { ...input, parcelCode: '123' }).rejects('wrong-parcel-code'));
  test('has a code of its own', () => start.events(codeAt(CODE), ParcelCodeReserved.of({ parcelCode: CODE, parcelId: 'l-9' }, DAY)).when(registerParcel, input).rejects('parcel-code-taken'));
  test('lies in a village', () => given().facts({ village: { regionId: 't', level: 'TOWN' } }).when(registerParcel, input).rejects('not-a-village'));
  test('is registered once', () => known.facts({ village: { level: 'VILLAGE' } }).when(registerParcel, input).rejects('id-taken'));
});

describe('A measure', () => {
  test('holds from its day on', () => known.when(remeasureParcel, { parcelId: 'l-1', area: 330, validFrom: '2022-06-01' }).emits(L.ParcelRemeasured.of(again, '2022-06-01')));
  test('there is one a day', () => known.when(remeasureParcel, { parcelId: 'l-1', area: 330, validFrom: DAY }).rejects('already-stated'));
  test('is of a registered parcel', () => known.when(remeasureParcel, { parcelId: 'l-9', area: 330 }).rejects('no-such-parcel'));
  test('is corrected', () => known.when(correctMeasure, { parcelId: 'l-1', measureId: data.factId, area: 326 }).emits(L.ParcelMeasureCorrected.of({ ...data, area: 326 }, DAY)));
  test('with another code gives the former one back', () =>
    known.when(correctMeasure, { parcelId: 'l-1', measureId: data.factId, parcelCode: OTHER }).emits(
      ['parcel-l-1', L.ParcelMeasureCorrected.of({ ...data, parcelCode: OTHER }, DAY)],
      [`parcelcode-${CODE}`, ParcelCodeReleased.of({ parcelCode: CODE, parcelId: 'l-1' }, DAY)],
      [`parcelcode-${OTHER}`, ParcelCodeReserved.of({ parcelCode: OTHER, parcelId: 'l-1' }, DAY)],
    ));
  test('the last one voided frees the code', () =>
    known.when(voidMeasure, { parcelId: 'l-1', measureId: data.factId }).emits(['parcel-l-1', L.ParcelMeasureVoided.of(data, DAY)], [`parcelcode-${CODE}`, ParcelCodeReleased.of({ parcelCode: CODE, parcelId: 'l-1' }, TODAY)]));
  test('one of several voided keeps it', () =>
    known.events(parcel.at('l-1'), L.ParcelRemeasured.of(again, again.from)).when(voidMeasure, { parcelId: 'l-1', measureId: again.factId }).emits(L.ParcelMeasureVoided.of(again, again.from)));
});
