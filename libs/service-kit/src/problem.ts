import type { Text } from '#decider';
import type { Language } from './language.js';

interface Kind {
  readonly status: number;
  readonly title: Text;
  readonly detail: Text;
}
const kind = (status: number, title: Text, detail: Text): Kind => ({ status, title, detail });

/** Every way in which a request can fail. The only place that knows HTTP's numbers for them. */
export const PROBLEMS = {
  malformed: kind(400, { zh: '输入有误', en: 'The input is not well formed' }, { zh: '请更正所列字段后重试。', en: 'Correct the fields listed and send it again.' }),
  unauthenticated: kind(401, { zh: '未登录', en: 'Not signed in' }, { zh: '请在 Authorization 头中携带有效的令牌:Bearer <token>。', en: 'Send a valid token in the Authorization header: Bearer <token>.' }),
  forbidden: kind(403, { zh: '没有权限', en: 'Not allowed' }, { zh: '您的授权不包含此操作或此地点。', en: 'Your grants do not cover this act or this place.' }),
  'not-found': kind(404, { zh: '未找到', en: 'Not found' }, { zh: '没有这样的路径或对象,或不在您的授权范围内。', en: 'There is no such path or object, or it lies outside your grants.' }),
  'method-not-allowed': kind(405, { zh: '不支持的方法', en: 'The path does not know this method' }, { zh: '请使用 Allow 头所列的方法。', en: 'Use one of the methods listed in the Allow header.' }),
  'timed-out': kind(408, { zh: '请求未能及时收全', en: 'The request did not arrive in time' }, { zh: '请检查网络后重试。', en: 'Check the network and send it again.' }),
  refused: kind(409, { zh: '业务规则不允许', en: 'Refused by a rule' }, { zh: '操作不符合业务规则。', en: 'A rule of the business does not allow it.' }),
  raced: kind(412, { zh: '数据刚被他人修改', en: 'Changed by somebody else meanwhile' }, { zh: '请查看最新数据后重试。', en: 'Look at the latest state and try again.' }),
  'too-large': kind(413, { zh: '请求过大', en: 'The request is too large' }, { zh: '请分批提交。', en: 'Send it in smaller parts.' }),
  unsupported: kind(415, { zh: '不支持的内容类型', en: 'Unsupported content type' }, { zh: '请以 application/json 提交。', en: 'Send application/json.' }),
  'too-many': kind(429, { zh: '请求过于频繁', en: 'Too many requests' }, { zh: '请稍后重试。', en: 'Wait a moment and try again.' }),
  'headers-too-large': kind(431, { zh: '请求头过大', en: 'The headers are too large' }, { zh: '请缩短请求头(例如令牌)后重试。', en: 'Send shorter headers (the token, for example).' }),
  defect: kind(500, { zh: '系统内部错误', en: 'Internal error' }, { zh: '错误已记录,请提供追踪号以便查询。', en: 'It has been logged; give the trace id when you report it.' }),
  unavailable: kind(503, { zh: '暂时不可用', en: 'Not available for the moment' }, { zh: '请稍后重试。', en: 'Try again in a moment.' }),
} as const;
export type ProblemKind = keyof typeof PROBLEMS;

export interface FieldProblem {
  /** Path of the field: `crop`, `lines[0].area`. */
  readonly field: string;
  /** Name of the rule that it breaks. */
  readonly rule: string;
  readonly text: Text;
}
export interface ProblemDetails {
  readonly code?: string;
  readonly detail?: Text;
  readonly errors?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
  /** Further members of the answer. */
  readonly more?: object;
}

/** A request that fails for a reason the caller may know. Anything else that is thrown is a defect. */
export class Problem extends Error {
  override name = 'Problem';

  constructor(
    readonly kind: ProblemKind,
    readonly details: ProblemDetails = {},
  ) {
    super(`${details.code ?? kind}: ${details.detail?.en ?? PROBLEMS[kind].title.en}`);
  }

  get status(): number {
    return PROBLEMS[this.kind].status;
  }
}

export interface ProblemBody {
  readonly type: string;
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly titleEn: string;
  readonly detailEn: string;
  readonly errors?: readonly { field: string; rule: string; message: string; messageEn: string }[];
  readonly traceId?: string;
}

/** The body of an `application/problem+json` answer; the English texts come along whatever the language. */
export const problemBody = ({ kind: name, details }: Problem, language: Language, traceId?: string): ProblemBody => {
  const { status, title, detail: standard } = PROBLEMS[name];
  const detail = details.detail ?? standard;
  const errors = details.errors?.map(({ field, rule, text }) => ({ field, rule, message: text[language], messageEn: text.en }));
  return {
    type: `urn:shuangbang:problem:${name}`,
    status,
    code: details.code ?? name,
    title: title[language],
    detail: detail[language],
    titleEn: title.en,
    detailEn: detail.en,
    ...(errors ? { errors } : {}),
    ...(traceId ? { traceId } : {}),
  };
};

const byStatus = new Map(Object.entries(PROBLEMS).map(([name, { status }]) => [status, name as ProblemKind]));

/** What a thrown thing is: a problem as it is, what the HTTP layer refuses by its number, anything else a defect. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const { status: ofNest, statusCode } = error as { status?: unknown; statusCode?: unknown };
  const status = Number(ofNest ?? statusCode ?? 500);
  if (!(status >= 400 && status < 500)) return new Problem('defect');
  return new Problem(byStatus.get(status) ?? 'malformed');
};
