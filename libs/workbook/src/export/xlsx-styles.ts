/** The styles of what we write ourselves; the numbers are places in `cellXfs`. */
export const STYLE = { plain: 0, text: 1, day: 2, heading: 3, title: 4, about: 5 } as const;

const font = (size: number, extra = ''): string => `<font>${extra}<sz val="${size}"/><name val="宋体"/><charset val="134"/></font>`;
const solid = (colour: string): string => `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
const EDGE = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`).join('');
const xf = (attributes: string, inner = ''): string => `<xf xfId="0" ${attributes}>${inner}</xf>`;

/** `quotePrefix`: a text that begins with = stays one when a person edits the cell. */
export const STYLES = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
  `<fonts count="3">${font(11)}${font(11, '<b/>')}${font(16, '<b/>')}</fonts>`,
  `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${solid('F2F2F2')}</fills>`,
  `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${EDGE}<diagonal/></border></borders>`,
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">',
  xf('numFmtId="0" fontId="0" fillId="0" borderId="0"'),
  xf('numFmtId="49" fontId="0" fillId="0" borderId="0" quotePrefix="1" applyNumberFormat="1"'),
  xf('numFmtId="164" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"'),
  xf('numFmtId="49" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"', '<alignment horizontal="center" vertical="center" wrapText="1"/>'),
  xf('numFmtId="49" fontId="2" fillId="0" borderId="0" applyFont="1" applyAlignment="1"', '<alignment vertical="center"/>'),
  xf('numFmtId="49" fontId="0" fillId="0" borderId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"', '<alignment vertical="top" wrapText="1"/>'),
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('');
