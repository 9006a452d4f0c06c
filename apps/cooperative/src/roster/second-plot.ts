import type { AcrossRule, Found, JudgedRow } from '#workbook';
import type { KnownMembers, RosterColumn } from './surroundings.js';

const isPlot = ({ values, readings }: JudgedRow<RosterColumn>): boolean =>
  values.parcel === '' && values.area !== '' && [readings.id, readings.parcel, readings.area].every(({ valid }) => valid);

/** 无编码地块: the same person with another area without a parcel code may be a correction or a second plot. */
export const secondPlot = (known: KnownMembers): AcrossRule<RosterColumn> => {
  const first = new Map<string, { area: string; row: number }>();
  const found: Found[] = [];
  const another = (id: string, area: string): string | undefined => {
    const earlier = first.get(id);
    if (earlier && earlier.area !== area) return String(earlier.row);
    return known.plots(id).some((plot) => plot !== area) ? 'known' : undefined;
  };
  return {
    note: (judged) => {
      if (!isPlot(judged)) return;
      const { row, values: { id, area, linkage } } = judged;
      const recorded = known.under(id, linkage, '').some((plot) => plot.area === area);
      const other = recorded ? undefined : another(id, area);
      if (other) found.push({ row, finding: { code: 'second-plot', column: 'area', read: area, other } });
      if (!first.has(id)) first.set(id, { area, row });
    },
    settle: () => found,
  };
};
