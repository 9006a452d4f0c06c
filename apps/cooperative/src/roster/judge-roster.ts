import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { type Book, judgeTable, openBook, openTable, type Progress, regionsOn, type Table, unguarded } from '#workbook';
import { normalise } from '#standards';
import { knownMembers, type KnownLine } from './known-members.js';
import { memberRoster } from './member-roster.sheet.js';
import { readRegions, SHIPPED_REGIONS } from './regions.js';
import type { RosterSurroundings } from './surroundings.js';

/** How one roster is to be judged. Paths are as given; `today` is a day in Asia/Shanghai. */
export interface RosterRun {
  readonly file: string;
  readonly cooperative?: string;
  readonly regions?: string;
  readonly known?: string;
  readonly today: string;
  readonly allowTestIds: boolean;
  readonly sheet?: string;
  readonly headingRow?: number;
}

/** 填报单位, else the cooperative that the title names: what the file says of itself, whatever the caller said. */
export const saysOfItself = (titles: readonly string[]): string[] => {
  const said = titles.flatMap((title) => /填报单位(?:[(（][^)）]*[)）])?[:：]?\s*([^\s\u3000:：]+)/.exec(title)?.[1] ?? []);
  const named = titles.flatMap((title) => /^(.*合作社(?:[(（][^)）]*[)）])?)/.exec(title.split(/填报单位/)[0]?.trim() ?? '')?.[1] ?? []);
  return [...new Set([...said, ...named])];
};

export const surroundingsOf = (run: RosterRun, cooperative: string): RosterSurroundings => {
  const around = { today: run.today, allowTestIds: run.allowTestIds, regions: regionsOn(readRegions(run.regions ?? SHIPPED_REGIONS), run.today) };
  const lines = run.known === undefined ? [] : (parse(readFileSync(run.known, 'utf8'), { columns: true, bom: true, skip_empty_lines: true, cast: unguarded }) as KnownLine[]);
  return { ...around, known: knownMembers(lines, cooperative, around) };
};

export interface JudgedRoster extends Awaited<ReturnType<typeof judgeTable<(typeof memberRoster.columns)[number]['id'], RosterSurroundings>>> {
  readonly book: Book;
  readonly table: Table;
  /** Of the run, else what the file says. */
  readonly cooperative: string;
  /** Names in the file that differ from it. */
  readonly otherNames: readonly string[];
}

/** Reads and judges one roster; close the book when done. @throws Unreadable */
export const judgeRoster = async (run: RosterRun, onProgress?: (progress: Progress) => void): Promise<JudgedRoster> => {
  const book = await openBook(run.file);
  try {
    const table = await openTable(book, memberRoster, { sheet: run.sheet, headingRow: run.headingRow });
    const said = saysOfItself(table.layout.titles);
    const cooperative = run.cooperative ?? said[0] ?? '';
    const judged = await judgeTable(table, memberRoster, surroundingsOf(run, cooperative), onProgress);
    return { ...judged, book, table, cooperative, otherNames: said.filter((name) => normalise(name) !== normalise(cooperative)) };
  } catch (error) {
    book.close();
    throw error;
  }
};
