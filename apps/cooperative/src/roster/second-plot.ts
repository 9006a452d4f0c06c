import type { AcrossRule, Found } from '#workbook';
import type { KnownMembers, RosterColumn } from './surroundings.js';

/** 无编码地块: the same person with another area without a parcel code may be a correction or a second plot. */
export const secondPlot = (known: KnownMembers): AcrossRule<RosterColumn> => {
  const first = new Map<string, { area: string; row: number }>();
  const found: Found[] = [];
  return {
    note: ({ row, values, readings }) => {
      const { id, parcel, area, linkage } = values;
      if (!readings.id.valid || !readings.parcel.valid || !readings.area.valid || parcel !== '' || area === '') return;
      const earlier = first.get(id);
      if (!earlier) first.set(id, { area, row });
      if (known.under(id, linkage, '').some((plot) => plot.area === area)) return;
      const other = earlier && earlier.area !== area ? String(earlier.row) : known.plots(id).some((plot) => plot !== area) ? 'known' : undefined;
      if (other) found.push({ row, finding: { code: 'second-plot', column: 'area', read: area, other } });
    },
    settle: () => found,
  };
};
