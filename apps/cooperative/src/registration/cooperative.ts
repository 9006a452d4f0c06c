import {
  latest, NONE, operation, type OperationData, products, type ProductsData, registration, type RegistrationData, seat, type SeatData, stand, type Standing,
} from '#contracts';
import { defineStream, type DomainEvent, type Loaded, type Place } from '#decider';

/** 合作社: its registration, and what is said of it by day. */
export interface CooperativeState {
  /** null while never registered, and when registered in error. */
  readonly registration: RegistrationData | null;
  readonly seats: Standing<SeatData>;
  readonly operations: Standing<OperationData>;
  readonly products: Standing<ProductsData>;
}

const registered = (before: RegistrationData | null, event: DomainEvent): RegistrationData | null => {
  const effect = registration.effects[event.type as keyof typeof registration.effects];
  if (!effect) return before;
  return effect === 'voided' ? null : (event.data as RegistrationData);
};

export const cooperative = defineStream<CooperativeState>({
  name: 'cooperative',
  initial: { registration: null, seats: NONE, operations: NONE, products: NONE },
  evolve: (state, event) => ({
    registration: registered(state.registration, event),
    seats: stand(state.seats, seat, event),
    operations: stand(state.operations, operation, event),
    products: stand(state.products, products, event),
  }),
});

/** Where a command on a cooperative acts: itself, and the village of its latest seat. */
export const placesOf = ({ ref, state }: Loaded<CooperativeState>): Place[] => {
  const village = latest(state.seats)?.villageId;
  return [{ cooperative: ref.id }, ...(village ? [{ village }] : [])];
};

/** Key of the next statement of a series. */
export const nextKey = (cooperativeId: string, series: 'seat' | 'operation' | 'products', standing: Standing<unknown>): string =>
  `${cooperativeId}.${series}.${standing.made + 1}`;

export const NOT_REGISTERED = { zh: '没有登记过这家合作社,或其登记已作废', en: 'no such cooperative, or its registration is void' };
export const NO_STATEMENT = { zh: '没有这条记录,或已作废', en: 'no such statement, or it is void' };
export const STATED_THAT_DAY = { zh: '{day} 已有一条记录,请更正那一条', en: 'there is a statement of {day} already; correct that one' };
