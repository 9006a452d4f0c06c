import { type KeyObject, randomUUID } from 'node:crypto';
import type { Sql } from '#decider';
import { gathering } from '#postgres';
import type { SealedDetails } from '../person/person.js';
import { type SealingKey, sm } from './crypto-suite.js';

const FIELDS = ['name', 'identityNumber', 'phone'] as const;
export type Field = (typeof FIELDS)[number];
/** Personal data in clear: lives only between a request and its sealing, or between its opening and an answer. */
export type ClearDetails = { readonly [F in Field]?: string };

/** The keys over all keys of persons, and over all hashes to search by. */
export interface MasterKeys {
  readonly wrapping: SealingKey;
  readonly search: KeyObject;
}
/** The master keys, derived from the service's own secrets. */
export const masterKeys = ({ secret }: { secret(name: string): KeyObject }): MasterKeys => ({
  wrapping: sm.keyOf(Buffer.concat([secret('personal-data-cipher').export().subarray(0, 16), secret('personal-data-seal').export()])),
  search: secret('personal-search'),
});
export const searchHash = ({ search }: MasterKeys, field: Field, text: string): string => sm.hash(search, `${field}:${text}`);

/** A person's sealed details, with the key and hashes that have to be kept before any event refers to them. */
export interface Sealing {
  readonly personId: string;
  readonly keyId: string;
  readonly wrapped: string;
  readonly sealed: Partial<SealedDetails>;
  readonly hashes: readonly { readonly field: Field; readonly hash: string }[];
}

/** Seals what is given under a new key of this person. */
export const sealDetails = (keys: MasterKeys, personId: string, clear: ClearDetails): Sealing => {
  const [bytes, keyId] = [sm.newKey(), randomUUID()];
  const key = sm.keyOf(bytes);
  const given = FIELDS.flatMap((field) => (clear[field] === undefined ? [] : [[field, clear[field]] as const]));
  const sealed = Object.fromEntries(given.map(([field, text]) => [field, `${sm.name}.${keyId}.${sm.seal(key, text, `${personId}:${field}`)}`]));
  const hashes = given.map(([field, text]) => ({ field, hash: searchHash(keys, field, text) }));
  const number = hashes.find(({ field }) => field === 'identityNumber')?.hash;
  const wrapped = sm.seal(keys.wrapping, bytes.toString('base64url'), keyId);
  return { personId, keyId, wrapped, sealed: { ...sealed, ...(number ? { identityKey: number } : {}) }, hashes };
};

const write = async (db: Sql, sealings: readonly Sealing[]): Promise<void> => {
  const hashes = sealings.flatMap(({ personId, hashes }) => hashes.map((one) => ({ ...one, personId })));
  await db.query(
    `with keys as (insert into vault.keys (key_id, person_id, wrapped) select * from unnest($1::text[], $2::text[], $3::text[]) order by 1 on conflict do nothing)
     insert into vault.hashes (field, hash, person_id) select * from unnest($4::text[], $5::text[], $6::text[]) order by 1, 2, 3 on conflict do nothing`,
    [
      sealings.map(({ keyId }) => keyId), sealings.map(({ personId }) => personId), sealings.map(({ wrapped }) => wrapped),
      hashes.map(({ field }) => field), hashes.map(({ hash }) => hash), hashes.map(({ personId }) => personId),
    ],
  );
};

type Keep = (sealings: readonly Sealing[]) => Promise<unknown>;
const keepers = new WeakMap<Sql, Keep>();
/** Households that are registered at the same time share a statement; rows go in by order, so that no two statements wait for each other. */
const keeperOf = (db: Sql): Keep => {
  let keep = keepers.get(db);
  if (!keep) keepers.set(db, (keep = gathering(async (sealings: readonly Sealing[]) => (await write(db, sealings), sealings))));
  return keep;
};

/** Writes keys and hashes; may run again. */
export const keepSealings = async (db: Sql, sealings: readonly Sealing[]): Promise<void> => void (await keeperOf(db)(sealings));

/** Destroys every key of a person: what was sealed with them can never be read again, wherever copies of it lie. */
export const destroyKeys = async (db: Sql, personId: string): Promise<void> => {
  await db.query('with hashes as (delete from vault.hashes where person_id = $1) delete from vault.keys where person_id = $1', [personId]);
};

/** Persons for whom this text was once kept in this field; whether it still holds is seen when their details are opened. */
export const personsByHash = async (db: Sql, field: Field, hash: string): Promise<string[]> => {
  const { rows } = await db.query<{ person_id: string }>('select person_id from vault.hashes where field = $1 and hash = $2', [field, hash]);
  return rows.map((row) => row.person_id);
};

export interface SealedPerson {
  readonly personId: string;
  readonly name: string | null;
  readonly identityNumber: string | null;
  readonly phone: string | null;
}

const openOne = (keys: ReadonlyMap<string, SealingKey>, personId: string, field: Field, sealed: string | null): string | undefined => {
  if (sealed === null) return undefined;
  const [, keyId = '', ...rest] = sealed.split('.');
  const key = keys.get(keyId);
  return key && sm.open(key, rest.join('.'), `${personId}:${field}`);
};

/** Opens details, as far as their keys still exist. */
export const openDetails = async (db: Sql, { wrapping }: MasterKeys, persons: readonly SealedPerson[]): Promise<Map<string, ClearDetails>> => {
  const { rows } = await db.query<{ key_id: string; wrapped: string }>('select key_id, wrapped from vault.keys where person_id = any($1)', [persons.map(({ personId }) => personId)]);
  const keys = new Map(rows.map((row) => [row.key_id, sm.keyOf(Buffer.from(sm.open(wrapping, row.wrapped, row.key_id), 'base64url'))]));
  const open = (person: SealedPerson): ClearDetails => Object.fromEntries(FIELDS.map((field) => [field, openOne(keys, person.personId, field, person[field])]));
  return new Map(persons.map((person) => [person.personId, open(person)]));
};
