import { EVERYONE } from '#contracts';
import { defineQuery } from '#service-kit';
import { dayNumber, fromDayNumber } from '#standards';
import { ledgerOf } from './context.js';
import { RegionsInput } from './input.js';
import { regionOf } from './places.js';
import type { Tree, Unit } from './tree.js';

const told = (tree: Tree, unit: Unit, day: number) => ({
  id: unit.id, code: unit.code, name: unit.name, level: unit.level, kind: unit.kind, parentId: unit.parentId, villages: tree.villages(unit.id, day).length,
});

/** 区划: the units below a region as they stood on a day, with how many villages each holds. */
export const regions = defineQuery({
  name: 'regions',
  title: { zh: '区划', en: 'Regions on a day' },
  input: RegionsInput,
  example: { asOf: '2022-07-18', region: '410308' },
  may: { roles: EVERYONE },
  run: async (context) => {
    const day = dayNumber(context.input.asOf ?? context.today);
    const { tree } = await ledgerOf(context, null);
    const at = context.input.region === undefined ? null : regionOf(tree, context.input.region, day);
    const units = at === null ? tree.roots(day) : tree.children(at.id, day);
    const villages = at === null ? units.filter(({ level }) => level === 'DISTRICT').flatMap(({ id }) => tree.villages(id, day)) : tree.villages(at.id, day);
    return { asOf: fromDayNumber(day), region: at === null ? null : told(tree, at, day), villages: villages.length, units: units.map((unit) => told(tree, unit, day)) };
  },
});
