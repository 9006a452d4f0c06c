import { type TLiteral, type TUnion, Type } from '@sinclair/typebox';

/** Opaque and stable: 1–64 letters, digits, `.`, `_`, `:` or `-`. Never parsed, never personal data. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$' });
/** A calendar day in Asia/Shanghai. */
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** First day out of force, or null while open: stored half-open, told inclusive. */
export const Until = Type.Union([Day, Type.Null()]);
/** Integer hundredths of a 亩. */
export const Area = Type.Integer({ minimum: 0 });
/** Integer grams. */
export const Weight = Type.Integer({ minimum: 0 });
export const Label = Type.String({ minLength: 1, maxLength: 100 });
export const oneOf = <const V extends readonly string[]>(values: V): TUnion<{ -readonly [K in keyof V]: TLiteral<V[K]> }> =>
  Type.Union(values.map((value) => Type.Literal(value))) as never;

export const REGION_LEVELS = ['DISTRICT', 'TOWN', 'VILLAGE'] as const;
/** TOWN, SUBDISTRICT: 镇, 街道 · VILLAGE, COMMUNITY: 村, 社区 */
export const REGION_KINDS = ['DISTRICT', 'TOWN', 'SUBDISTRICT', 'VILLAGE', 'COMMUNITY'] as const;
/** 专业合作社, 联合社, 村股份经济合作社, 家庭农场 */
export const COOPERATIVE_KINDS = ['SPECIALIZED', 'UNION', 'COLLECTIVE', 'FAMILY_FARM'] as const;
/** 正常, 经营异常, 吊销, 空壳 */
export const OPERATIONS = ['NORMAL', 'ABNORMAL', 'REVOKED', 'SHELL'] as const;
/** 成员, 订单, 务工, 流转, 入股, 托管 */
export const LINKAGES = ['MEMBER', 'ORDER', 'LABOUR', 'LEASE', 'EQUITY', 'TRUSTEESHIP'] as const;
export const BINDING_STATES = ['DRAFT', 'SUBMITTED', 'CONFIRMED_BY_FARMER', 'ACTIVE', 'ENDED'] as const;
export const BINDING_ENDS = ['WITHDRAWN', 'EXPELLED', 'EXPIRED', 'DECEASED'] as const;
/** 签字, 当面, 电话, 短信 */
export const CONFIRMATION_METHODS = ['SIGNATURE', 'IN_PERSON', 'PHONE', 'SMS'] as const;
/** 国家级, 省级, 市级, 县级 — highest first */
export const RECOGNITION_LEVELS = ['NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'COUNTY'] as const;

export type RegionLevel = (typeof REGION_LEVELS)[number];
export type RegionKind = (typeof REGION_KINDS)[number];
export type CooperativeKind = (typeof COOPERATIVE_KINDS)[number];
export type Operation = (typeof OPERATIONS)[number];
export type Linkage = (typeof LINKAGES)[number];
export type BindingState = (typeof BINDING_STATES)[number];
export type BindingEnd = (typeof BINDING_ENDS)[number];
export type ConfirmationMethod = (typeof CONFIRMATION_METHODS)[number];
export type RecognitionLevel = (typeof RECOGNITION_LEVELS)[number];
