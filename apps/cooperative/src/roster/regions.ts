import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegionRow } from '#workbook';

/** The 272 units of the district on 2021-10-31 and their changes of 2022-10-01. */
export const SHIPPED_REGIONS = join(import.meta.dirname, 'data', 'regions.csv');

/** Columns code, name, town, other_names (with ;), valid_from, valid_to. @throws Error when the file is not there or no CSV */
export const readRegions = (path: string): RegionRow[] =>
  (parse(readFileSync(path, 'utf8'), { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Record<string, string>[]).map((row) => ({
    code: row.code ?? '',
    name: row.name ?? '',
    town: row.town ?? '',
    otherNames: (row.other_names ?? '').split(/[;；]/).filter(Boolean),
    from: row.valid_from ?? '',
    to: row.valid_to ?? '',
  }));
