import { createWriteStream } from 'node:fs';
import { regionsOn, writeTemplate } from '#workbook';
import { memberRoster } from './member-roster.sheet.js';
import { readRegions, SHIPPED_REGIONS } from './regions.js';
import type { TemplateOptions } from './roster-options.js';

const names = (places: readonly { readonly name: string }[]): string[] => [...new Set(places.map(({ name }) => name))];

/** Writes the empty roster; its drop-downs offer the towns and villages in force on the day. */
export const writeRosterTemplate = async ({ file, regions, today }: TemplateOptions): Promise<void> => {
  const { towns, villages } = regionsOn(readRegions(regions ?? SHIPPED_REGIONS), today);
  await writeTemplate(memberRoster, createWriteStream(file), { choices: { town: names(towns), village: names(villages) } });
};
