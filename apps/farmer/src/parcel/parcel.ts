import { land, type LandData, latest, NONE, ParcelCodeReleased, ParcelCodeReserved, stand, type Standing } from '#contracts';
import { defineStream, emit, type DomainEvent, type Emission, type Loaded, type Place, type StreamRef } from '#decider';
import { checkParcelCode } from '#standards';

/** 承包地块: village, area and code, from measuring to measuring. */
export interface ParcelState {
  readonly measures: Standing<LandData>;
}

export const parcel = defineStream<ParcelState>({
  name: 'parcel',
  initial: { measures: NONE },
  evolve: (state, event: DomainEvent) => ({ measures: stand(state.measures, land, event) }),
});
export const exists = (state: ParcelState): boolean => state.measures.byKey.size > 0;
export const placesOf = ({ state }: Loaded<ParcelState>): Place[] => {
  const village = latest(state.measures)?.villageId;
  return village ? [{ village }] : [];
};

interface Holder {
  readonly parcelId: string | null;
}
/** 地块代码: 19 digits, held by one parcel at a time. */
const parcelCode = defineStream<Holder, DomainEvent<string, { parcelId: string }>>({
  name: 'parcelcode',
  initial: { parcelId: null },
  evolve: (_, event) => ({ parcelId: event.type === ParcelCodeReserved.type ? event.data.parcelId : null }),
});
export type HeldCode = Loaded<Holder>;

/** The streams of codes, each once; a code that is not valid has none. */
export const codesOf = (parcelId: string, ...typed: (string | undefined)[]): StreamRef<Holder>[] => {
  const values = typed.flatMap((code) => {
    const checked = code === undefined ? null : checkParcelCode(code);
    return checked?.ok ? [checked.value] : [];
  });
  return [...new Set(values)].map((code) => parcelCode.at(code, parcel.at(parcelId).key));
};
const takenByAnother = (held: HeldCode, parcelId: string): boolean => held.state.parcelId !== null && held.state.parcelId !== parcelId;

/** What is wrong with a code as it was typed; `held` are the streams of {@link codesOf}. */
export const codeProblem = (typed: string | undefined, parcelId: string, held: readonly HeldCode[]): 'wrong-parcel-code' | 'parcel-code-taken' | null => {
  if (typed === undefined) return null;
  const code = codesOf(parcelId, typed)[0]?.id;
  if (code === undefined) return 'wrong-parcel-code';
  return held.some((one) => one.ref.id === code && takenByAnother(one, parcelId)) ? 'parcel-code-taken' : null;
};
export const reserveCode = (held: HeldCode, parcelId: string, day: string): Emission[] =>
  held.state.parcelId === parcelId ? [] : emit(held, ParcelCodeReserved.of({ parcelCode: held.ref.id, parcelId }, day));
export const releaseCode = (held: HeldCode, parcelId: string, day: string): Emission[] =>
  held.state.parcelId === parcelId ? emit(held, ParcelCodeReleased.of({ parcelCode: held.ref.id, parcelId }, day)) : [];

export const NO_SUCH_PARCEL = { zh: '没有登记过这个地块,或其登记已作废', en: 'no such parcel, or it is void' };
export const WRONG_PARCEL_CODE = { zh: '地块代码须为 19 位数字', en: 'a parcel code has 19 digits' };
export const PARCEL_CODE_TAKEN = { zh: '该地块代码已登记在另一地块', en: 'another parcel is registered under this code' };
