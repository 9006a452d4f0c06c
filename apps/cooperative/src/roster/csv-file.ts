import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { guarded } from '#workbook';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * A CSV file written line by line; UTF-8, fields quoted where they must be. `calculated: 'none'` keeps a spreadsheet from
 * calculating any (`unguarded` undoes it), `'as read'` leaves every text as it was read.
 */
export const csvFile = (path: string, columns: readonly string[], { calculated }: { calculated: 'none' | 'as read' }) => {
  const field = calculated === 'none' ? (text: string): string => quoted(guarded(text)) : quoted;
  const stream = createWriteStream(path);
  let failed: Error | null = null;
  stream.on('error', (error) => {
    failed = error;
  });
  const write = async (line: readonly string[]): Promise<void> => {
    if (failed) throw failed;
    if (!stream.write(`${line.map(field).join(',')}\n`)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  };
  const begun = write(columns);
  return {
    async write(line: readonly string[]): Promise<void> {
      await begun;
      await write(line);
    },
    close: (): Promise<void> => new Promise((resolve, reject) => stream.end((error?: Error | null) => (error ?? failed ? reject((error ?? failed) as Error) : resolve()))),
  };
};
