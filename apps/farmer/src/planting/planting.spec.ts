import { harvest as harvestFact, land, planting as plantingFact } from '#contracts';
import { given } from '#decider';
import { parcel } from '../parcel/parcel.js';
import { correctHarvest } from './correct-harvest.js';
import { correctPlanting } from './correct-planting.js';
import { harvest } from './harvest.js';
import { planting } from './planting.js';
import { recordHarvest } from './record-harvest.js';
import { recordPlanting } from './record-planting.js';
import { voidHarvest } from './void-harvest.js';
import { voidPlanting } from './void-planting.js';

const { events: P } = plantingFact;
const { events: G } = harvestFact;
const DAY = '2022-03-10';
const sown = { factId: 's-1', from: DAY, parcelId: 'l-1', householdId: 'h-1', crop: '桃', area: 325 };
const cut = { factId: 'g-1', from: DAY, parcelId: 'l-1', householdId: 'h-1', crop: '桃', weight: 1000 };
const field = given()
  .facts({ household: { householdId: 'h-1' } })
  .events(parcel.at('l-1'), land.events.ParcelRegistered.of({ factId: 'l-1.land.1', from: '2022-01-01', parcelId: 'l-1', villageId: 'v', area: 325 }, '2022-01-01'));
const known = field.facts({ household: [] }).events(planting.at('s-1'), P.PlantingRecorded.of(sown, DAY)).events(harvest.at('g-1'), G.HarvestRecorded.of(cut, DAY));
const on = { parcelId: 'l-1', householdId: 'h-1', crop: '桃', on: DAY };

describe('A planting', () => {
  test('is recorded on its day', () => field.when(recordPlanting, { ...on, plantingId: 's-1', area: 325 }).emits(P.PlantingRecorded.of(sown, DAY)));
  test('a second crop of the year is another one', () =>
    known.when(recordPlanting, { ...on, plantingId: 's-2', area: 325, on: '2022-06-20' }).emits(P.PlantingRecorded.of({ ...sown, factId: 's-2', from: '2022-06-20' }, '2022-06-20')));
  test('is recorded once', () => known.when(recordPlanting, { ...on, plantingId: 's-1', area: 325 }).rejects('id-taken'));
  test('needs a parcel', () => field.when(recordPlanting, { ...on, plantingId: 's-1', parcelId: 'l-9', area: 325 }).rejects('no-such-parcel'));
  test('is corrected', () => known.when(correctPlanting, { plantingId: 's-1', area: 300, on: '2022-03-12' }).emits(P.PlantingCorrected.of({ ...sown, area: 300, from: '2022-03-12' }, '2022-03-12')));
  test('is voided once', () => {
    known.when(voidPlanting, { plantingId: 's-1' }).emits(P.PlantingVoided.of(sown, DAY));
    known.events(planting.at('s-1'), P.PlantingVoided.of(sown, DAY)).when(voidPlanting, { plantingId: 's-1' }).rejects('no-such-planting');
  });
});

describe('A harvest', () => {
  test('is recorded on its day', () => field.when(recordHarvest, { ...on, harvestId: 'g-1', weight: 1000 }).emits(G.HarvestRecorded.of(cut, DAY)));
  test('is corrected', () => known.when(correctHarvest, { harvestId: 'g-1', weight: 900 }).emits(G.HarvestCorrected.of({ ...cut, weight: 900 }, DAY)));
  test('is voided', () => known.when(voidHarvest, { harvestId: 'g-1' }).emits(G.HarvestVoided.of(cut, DAY)));
});
