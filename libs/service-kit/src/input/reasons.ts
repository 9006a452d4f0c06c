import type { Text } from '#decider';

/** Chinese for each rule of class-validator; `{n}` is the number its English message names. */
const CHINESE: Readonly<Record<string, string>> = {
  isDefined: '必填',
  isNotEmpty: '必填',
  isString: '应为文字',
  isInt: '应为整数',
  isNumber: '应为数字',
  isPositive: '应大于 0',
  isBoolean: '应为 true 或 false',
  isArray: '应为列表',
  isObject: '应为对象',
  isIn: '不在允许的取值之内',
  isEnum: '不在允许的取值之内',
  isUuid: '应为 UUID',
  isIso8601: '应为存在的日期(YYYY-MM-DD)',
  matches: '格式不正确',
  min: '不得小于 {n}',
  max: '不得大于 {n}',
  minLength: '至少 {n} 个字符',
  maxLength: '至多 {n} 个字符',
  arrayMinSize: '至少 {n} 项',
  arrayMaxSize: '至多 {n} 项',
  arrayUnique: '有重复项',
  nestedValidation: '应为对象',
  whitelistValidation: '没有这个字段',
};
const OWN = /^(.*[\u3400-\u9fff].*?) \/ (.+)$/;

/** Why a field is refused, in both languages. A rule's own message may bring both: `'中文 / English'`. */
export const reason = (rule: string, message: string): Text => {
  const [, zh, en] = OWN.exec(message) ?? [];
  if (zh && en) return { zh, en };
  const number = /(-?\d+)(?!.*\d)/.exec(message)?.[1] ?? '';
  return { zh: (CHINESE[rule] ?? '不符合要求').replace('{n}', number), en: message };
};
