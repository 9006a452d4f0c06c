import { fill, type Text } from '#decider';

const TEXTS = {
  'no-such-file': { zh: '找不到这个文件。', en: 'There is no such file.' },
  'empty': { zh: '文件是空的，没有一行数据。请确认选对了文件。', en: 'The file is empty. Make sure it is the right one.' },
  'password-protected': { zh: '文件设了打开密码。请在 Excel 或 WPS 中打开，取消密码后另存，再重新上传。', en: 'The file is protected by a password. Open it, remove the password, save it and send it again.' },
  'damaged': { zh: '文件已损坏或不完整（{detail}）。请在 Excel 或 WPS 中打开并另存为 .xlsx，再重新上传。', en: 'The file is damaged or incomplete ({detail}). Open it, save it as .xlsx and send it again.' },
  'not-a-workbook': { zh: '这不是 Excel、WPS 表格或 CSV 文件（{detail}）。请上传 .xlsx、.xls 或 .csv。', en: 'This is no workbook and no CSV file ({detail}). Send .xlsx, .xls or .csv.' },
  'not-a-table': { zh: '没有找到表头：任何一张工作表的前 {rows} 行中都认不出“{wanted}”等列。请对照模板检查表头，或用 --sheet 和 --heading-row 指明。', en: 'No heading was found: no sheet has columns such as {wanted} in its first {rows} rows. Compare with the template, or say --sheet and --heading-row.' },
  'no-such-sheet': { zh: '没有名为“{sheet}”的工作表；有：{sheets}。', en: 'There is no sheet named {sheet}; there are: {sheets}.' },
  'no-heading-there': { zh: '第 {row} 行不像表头：认不出“{wanted}”等列。', en: 'Row {row} is no heading: no columns such as {wanted}.' },
  'no-rows': { zh: '表头下面没有数据行。', en: 'There are no rows below the heading.' },
  'too-many-rows': { zh: '超过 {limit} 行。请拆成几个文件。', en: 'More than {limit} rows. Split the file.' },
  'too-many-columns': { zh: '超过 {limit} 列。请删去表格右侧多余的列。', en: 'More than {limit} columns. Delete those right of the table.' },
  'cell-too-long': { zh: '第 {row} 行有一个单元格超过 {limit} 个字符。请缩短后再上传。', en: 'A cell in row {row} is longer than {limit} characters. Shorten it.' },
  'expands-too-much': { zh: '文件解压后过大（{detail}），不予读取。请删去图片和多余的工作表后另存。', en: 'The file expands to too much ({detail}) and is not read. Delete pictures and sheets that are not needed.' },
  'too-many-strings': { zh: '文件中的文字太多（超过 {limit}）。请拆成几个文件。', en: 'Too many texts in the file (over {limit}). Split it.' },
  'too-much-memory': { zh: '文件太大，读取所需的内存超过限度。请拆成几个文件。', en: 'Reading the file takes more memory than is allowed. Split it.' },
  'external-entities': { zh: '文件中含有外部引用（DTD），可能有害，不予读取。请在 Excel 或 WPS 中新建工作簿，把数据粘贴进去。', en: 'The file has a document type (DTD), which may be harmful, and is not read. Paste the data into a new workbook.' },
  'mixed-encoding': { zh: '文字编码前后不一致（第 {row} 行附近）。请用 Excel 或 WPS 另存为 .xlsx。', en: 'The text changes its encoding (near row {row}). Save it as .xlsx.' },
  'cancelled': { zh: '已取消。', en: 'Cancelled.' },
} as const satisfies Record<string, Text>;

export type UnreadableCode = keyof typeof TEXTS;

/** The file cannot be read; the texts say what to do about it. */
export class Unreadable extends Error {
  readonly zh: string;
  readonly en: string;
  constructor(
    readonly code: UnreadableCode,
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(fill(TEXTS[code].en, details));
    this.zh = fill(TEXTS[code].zh, details);
    this.en = this.message;
  }
}
