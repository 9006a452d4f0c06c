import { Unreadable } from '../unreadable.js';

export const DELIMITERS = [',', '\t', ';'] as const;

/** A quoted field that does not end within this many characters was never one. */
const LONGEST_RECORD = 4_000_000;

const outsideQuotes = (line: string): string => line.replace(/"[^"]*"/g, '');

/** The delimiter that most of the first lines have; where two are in as many, the one there is more of. */
export const sniffDelimiter = (head: string): string => {
  const lines = head.split(/\r\n|\n|\r/).slice(0, 50).map(outsideQuotes);
  const worth = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    return counts.filter(Boolean).length * 1_000_000 + counts.reduce((sum, count) => sum + count, 0);
  });
  return DELIMITERS[worth.indexOf(Math.max(...worth))] ?? ',';
};

/** From a quote on: the text within, doubled quotes as one, and where it ends; null while its end has not come yet. */
const quotedField = (text: string, at: number, last: boolean): { field: string; next: number } | null => {
  let field = '';
  let open = at + 1;
  for (;;) {
    const close = text.indexOf('"', open);
    if (close < 0) return last ? { field: field + text.slice(open), next: text.length } : null;
    if (text[close + 1] !== '"') return { field: field + text.slice(open, close), next: close + 1 };
    field += text.slice(open, close + 1);
    open = close + 2;
  }
};

/** Where the field ends, and whether the record ends with it. */
const endOfField = (text: string, at: number, delimiter: string): readonly [end: number, over: boolean] => {
  const comma = text.indexOf(delimiter, at);
  const line = text.indexOf('\n', at);
  if (comma >= 0 && (line < 0 || comma < line)) return [comma, false];
  return [line < 0 ? text.length : line, true];
};

/** One record that has quotes: its fields and where the next begins; null while its end has not come yet. */
const quotedRecord = (text: string, from: number, delimiter: string, last: boolean): { fields: string[]; next: number } | null => {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const quoted = text[at] === '"' ? quotedField(text, at, last) : { field: '', next: at };
    if (!quoted) return null;
    const [end, over] = endOfField(text, quoted.next, delimiter);
    if (over && end >= text.length && !last) return null;
    fields.push(quoted.field + text.slice(quoted.next, end).replace(/\r$/, ''));
    at = end + 1;
    if (over) return { fields, next: at };
  }
};

/** Splits text that comes in pieces into records of fields (RFC 4180, any line end). */
export class Delimited {
  private rest = '';

  constructor(
    private readonly delimiter: string,
    private readonly oldMac: boolean,
  ) {}

  push(piece: string): string[][] {
    return this.split(this.oldMac ? piece.replaceAll('\r', '\n') : piece, false);
  }
  end(): string[][] {
    return this.rest === '' ? [] : this.split('', true);
  }

  private split(piece: string, last: boolean): string[][] {
    const text = this.rest + piece;
    const records: string[][] = [];
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      const record = this.record(text, at, quote, last);
      if (!record) break;
      records.push(record.fields);
      at = record.next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > LONGEST_RECORD) throw new Unreadable('damaged', { detail: 'a quoted field without an end' });
    return records;
  }

  private record(text: string, at: number, quote: number, last: boolean): { fields: string[]; next: number } | null {
    const line = text.indexOf('\n', at);
    const quoted = quote >= 0 && (line < 0 || quote < line);
    return quoted ? quotedRecord(text, at, this.delimiter, last) : this.plain(text, at, line, last);
  }

  private plain(text: string, at: number, line: number, last: boolean): { fields: string[]; next: number } | null {
    if (line < 0 && !last) return null;
    const end = line < 0 ? text.length : line;
    return { fields: text.slice(at, text.charCodeAt(end - 1) === 13 ? end - 1 : end).split(this.delimiter), next: end + 1 };
  }
}
