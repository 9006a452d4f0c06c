import { StandardSheetPublished, type StandardSheet } from '#contracts';
import { defineStream, type DomainEvent } from '#decider';

/** 标准表: all versions of one star's sheet, in order; the stream is named by the star. */
export const standardSheet = defineStream<readonly StandardSheet[]>({
  name: 'standard_sheet',
  initial: [],
  evolve: (sheets, { type, data }: DomainEvent) => (type === StandardSheetPublished.type ? [...sheets, data as StandardSheet] : sheets),
});

/** The sheet that results of a day are judged by: the highest version in force. */
export const sheetOn = <S extends Pick<StandardSheet, 'version' | 'from'>>(sheets: readonly S[], day: string): S | undefined =>
  sheets.filter(({ from }) => from <= day).reduce<S | undefined>((best, sheet) => (best && best.version > sheet.version ? best : sheet), undefined);
