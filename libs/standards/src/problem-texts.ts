import type { CreditCodeProblem } from './credit-code.js';
import type { IdentityProblem } from './identity-number.js';

/** What is wrong with a number, and so what to look at, in both languages; the number itself is never repeated. */
export type ProblemText = {
  readonly reason: string;
  readonly reasonEn: string;
};
const text = (reason: string, reasonEn: string): ProblemText => ({ reason, reasonEn });

const TEXTS: Readonly<Record<CreditCodeProblem | IdentityProblem, ProblemText>> = {
  'credit-code-format': text('应为 18 位数字或大写字母,不含 I、O、S、V、Z', 'it has 18 digits or capital letters, none of them I, O, S, V or Z'),
  'credit-code-organisation-check': text('第 9 至 17 位(组织机构代码)校验不符,请核对是否录错', 'characters 9 to 17 (the organisation) do not fit their check: look for a slip'),
  'credit-code-check': text('末位校验码不符,请核对是否录错', 'the last character does not fit the others: look for a slip'),
  'id-missing': text('未填写', 'it is empty'),
  'id-rounded': text('表格软件已将其改成科学记数,末几位已丢失,请按证件重新录入为文本', 'a spreadsheet has rounded it and lost its last digits: enter it anew, as text'),
  'id-15-digits': text('是 15 位的旧号码,请按现在的证件录入 18 位', 'it is one of the old numbers of 15 digits: enter the 18 of the present card'),
  'id-format': text('应为 17 位数字加一位数字或 X', 'it has 17 digits, then a digit or X'),
  'id-birth-date': text('第 7 至 14 位不是存在的出生日期', 'digits 7 to 14 are no day that exists'),
  'id-birth-future': text('出生日期在今天之后', 'its day of birth is yet to come'),
  'id-check-digit': text('末位校验码不符,请核对是否录错', 'the last character does not fit the others: look for a slip'),
  'id-test-number': text('999999 开头的号码只供测试', 'numbers that begin with 999999 are for tests only'),
};

export const problemText = (code: CreditCodeProblem | IdentityProblem): ProblemText => TEXTS[code];
