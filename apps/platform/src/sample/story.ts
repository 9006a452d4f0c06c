import { createHash } from 'node:crypto';
import { mengjinRegions } from '../../../farmer/src/service.js';
import { industrySheet2022 } from '../../../star/src/service.js';
import { land, type SampleParcel } from './land.js';
import { contracts, cooperativeId, cooperatives, enterprises, linkedTo, type SampleContract } from './organisations.js';
import { testIdentityNumber, testName } from './people.js';
import { population, type SampleBinding, type SampleHousehold } from './population.js';
import { type SampleStarValue, starValues } from './stars.js';
import { songzhuangVillages } from './villages.js';

/** One public command of the story. The key makes its command id, so that told again it changes nothing. */
export interface Told {
  readonly service: string;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly key: string;
}
/** What is recorded at one time, by one account; a chapter may need all that stands before it. */
export interface Chapter {
  readonly at: string;
  readonly by: 'administrator' | 'district-official';
  readonly told: readonly Told[];
}

const told = (service: string, command: string, key: string, input: Told['input']): Told => ({ service, command, key: `${command}/${key}`, input });

/** A UUID that is the same for the same key. */
export const commandIdOf = (key: string): string => {
  const hex = createHash('sha256').update(`songzhuang/${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const REGION_COMMANDS: Readonly<Record<string, string>> = { rename: 'rename-region', convert: 'convert-to-community', transfer: 'transfer-region' };
const regionsTold = (): Told[] =>
  mengjinRegions().map(({ path, input }) => {
    const [, , , regionId, action = ''] = path.split('/');
    const command = REGION_COMMANDS[action] ?? 'register-region';
    const id = regionId ?? (input as { regionId: string }).regionId;
    return told('farmer', command, id, { ...input, regionId: id });
  });

const FROM = '2022-01-01';
const BOUND = '2022-03-01';

const householdTold = ({ id, villageId, persons, resident, eligible }: SampleHousehold, index: number): Told => {
  const people = Array.from({ length: persons }, (_, i) => ({ personId: `p-${id.slice(2)}-${i + 1}`, name: testName(index, i), identityNumber: testIdentityNumber(index * 4 + i) }));
  return told('farmer', 'register-household', id, { householdId: id, villageId, resident, eligible, validFrom: FROM, persons: people });
};

const claimsOf = (parcels: readonly SampleParcel[]): ReadonlyMap<string, { id: string; parcelId: string; crop: string }[]> => {
  const claims = parcels.flatMap((parcel) => parcel.claimedBy.map((binding) => ({ binding, claim: { id: `k-${binding.slice(2)}`, parcelId: parcel.id, crop: parcel.crop } })));
  return new Map([...Map.groupBy(claims, ({ binding }) => binding)].map(([binding, mine]) => [binding, mine.map(({ claim }) => claim)]));
};

const bindingsTold = (bindings: readonly SampleBinding[], parcels: readonly SampleParcel[]): [Told[], Told[], Told[]] => {
  const claims = claimsOf(parcels);
  const drafted = bindings.map(({ id, householdId, cooperative, linkage, draft }) =>
    told('cooperative', 'draft-binding', id, { id, householdId, cooperativeId: cooperativeId(cooperative), linkage, validFrom: BOUND, submit: !draft, ...(claims.has(id) ? { claims: claims.get(id) } : {}) }));
  const submitted = bindings.filter(({ draft }) => !draft);
  return [
    drafted,
    submitted.map(({ id }) => told('cooperative', 'confirm-binding', id, { bindingId: id, method: 'SIGNATURE', on: '2022-02-15', by: 'HEAD' })),
    submitted.map(({ id }) => told('cooperative', 'admit-binding', id, { bindingId: id, validFrom: BOUND })),
  ];
};

const contractTold = ({ id, cooperativeId, enterpriseId, crop, quantity, due }: SampleContract): Told =>
  told('enterprise', 'sign-contract', id, { id, cooperativeId, enterpriseId, validFrom: FROM, validThrough: '2022-12-31', lines: [{ crop, quantity, area: 10_000, due }] });

const deliveriesTold = ({ id, delivered }: SampleContract): Told[] =>
  delivered.map(({ weight, on }, i) => told('enterprise', 'record-delivery', `${id}.${i}`, { id: `d-${id.slice(2)}-${i + 1}`, contractId: id, lineId: `${id}.1`, weight, on }));

const starValueTold = ({ villageId, criterion, value, evidence }: SampleStarValue): Told =>
  told('star', 'enter-star-value', `${villageId}.${criterion}`, { villageId, criterion, value, evidence, validFrom: '2022-06-30' });

/** The 送庄镇 set as a story of 2022, decoys included: public commands only. */
export const songzhuangStory = (): Chapter[] => {
  const villages = songzhuangVillages();
  const people = population(villages);
  const ground = land(villages, people);
  const [coops, firms] = [cooperatives(villages), enterprises(villages)];
  const deals = contracts(coops);
  const regions = regionsTold();
  const [drafted, confirmed, admitted] = bindingsTold(people.bindings, ground.parcels);
  const chapter = (at: string, list: readonly Told[], by: Chapter['by'] = 'administrator'): Chapter => ({ at: `${at}T09:00:00+08:00`, by, told: list });
  return [
    ...['DISTRICT', 'TOWN', 'VILLAGE'].map((level) => chapter('2022-01-04', regions.filter(({ input }) => input.level === level))),
    chapter('2022-01-05', people.households.map(householdTold)),
    chapter('2022-01-06', ground.parcels.map(({ id, villageId, area }) => told('farmer', 'register-parcel', id, { parcelId: id, villageId, area, validFrom: FROM }))),
    chapter('2022-01-07', coops.map(({ id, name, creditCode, villageId, product }) => told('cooperative', 'register-cooperative', id, { id, name, creditCode, kind: 'SPECIALIZED', villageId, products: [product], validFrom: '2019-05-01' }))),
    chapter('2022-01-07', firms.map(({ id, name, creditCode, villageId }) => told('enterprise', 'register-enterprise', id, { id, name, creditCode, villageId, validFrom: '2015-01-01' }))),
    chapter('2022-01-08', firms.flatMap(({ id, recognition }) => (recognition ? [told('enterprise', 'recognise-enterprise', id, { enterpriseId: id, level: recognition.level, validFrom: recognition.from, validThrough: recognition.through })] : []))),
    chapter('2022-01-09', coops.filter(({ number }) => number <= 43).map(({ id, number }) => told('enterprise', 'bind-cooperative', id, { id: `n-${id.slice(2)}`, cooperativeId: id, enterpriseId: linkedTo(number), validFrom: FROM }))),
    chapter('2022-01-10', deals.map(contractTold)),
    chapter('2022-02-10', drafted),
    chapter('2022-02-15', confirmed, 'district-official'),
    chapter('2022-02-20', admitted),
    chapter('2022-03-25', ground.plantings.filter(({ on }) => on < '2022-06-01').map(plantingTold)),
    ...coops.flatMap(({ id, cancelled }) => (cancelled ? [chapter(cancelled, [told('cooperative', 'dissolve-cooperative', id, { cooperativeId: id, validThrough: cancelled })])] : [])),
    chapter('2022-06-20', [told('star', 'publish-standard-sheet', '2022', { ...industrySheet2022() })]),
    chapter('2022-06-25', ground.plantings.filter(({ on }) => on >= '2022-06-01').map(plantingTold)),
    chapter('2022-07-05', starValues(villages).map(starValueTold), 'district-official'),
    chapter('2022-07-11', deals.flatMap(deliveriesTold)),
    chapter('2022-10-08', regions.filter(({ input }) => input.level === undefined)),
  ];
};

const plantingTold = ({ id, parcelId, householdId, crop, area, on }: { id: string; parcelId: string; householdId: string; crop: string; area: number; on: string }): Told =>
  told('farmer', 'record-planting', id, { plantingId: id, parcelId, householdId, crop, area, on });
