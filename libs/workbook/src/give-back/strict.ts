const TRANSITIONAL = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main';

/** What we write ourselves, in the namespace of a strict workbook (ISO/IEC 29500): a workbook keeps to one of the two. */
export const strictText = (xml: string): string => xml.replace(TRANSITIONAL, STRICT);

/** The same for a part that is made as it goes; its namespace stands in the first piece. */
export const strictStream = async function* (content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const piece of content) {
    yield first ? Buffer.from(strictText(piece.toString())) : piece;
    first = false;
  }
};
