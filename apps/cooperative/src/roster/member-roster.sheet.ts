import { anything, area, type Codes, date, defineSheet, type Finding, group, identityNumber, money, oneOf, parcelCode, phone, serial, type Sheet, text, town, type Values, village } from '#workbook';
import { HEAD, Households, isHead } from './households.js';
import { maskName, maskNumber, maskPhone } from './mask.js';
import { oneNumberOneName } from './one-number-one-name.js';
import { parcelClaims } from './parcel-claims.js';
import { secondPlot } from './second-plot.js';
import { similarPerson } from './similar-person.js';
import type { RosterColumn, RosterSurroundings } from './surroundings.js';
import { CROPS, LINKAGES, RELATIONS } from './words.js';

type Row = Values<RosterColumn>;

const CODES: Codes = {
  'id-name-conflict': { severity: 'error', zh: '同一身份证号对应两个姓名', en: 'one identity number under two names', right: '与身份证核对' },
  'relation-missing': { severity: 'warning', zh: '没有填写与户主关系，按“其他”', en: 'no relation to the head: taken as 其他' },
  'head-missing': { severity: 'error', zh: '不是户主，但没有填写户主姓名', en: 'not the head, and no head is named', right: '填写户主姓名' },
  'head-unknown': { severity: 'error', zh: '本村没有找到这位户主', en: 'there is no such head in the village', right: '在名册中加上户主本人的一行' },
  'head-ambiguous': { severity: 'error', zh: '本村有几位同名的户主', en: 'several heads of this name in the village', right: '写明是哪一位' },
  'head-not-accepted': { severity: 'error', zh: '户主本人的一行有错误', en: "the head's own row has an error" },
  'area-missing': { severity: 'error', zh: '填了地块编码，没有填写面积', en: 'a parcel without an area', right: '填写面积（亩）' },
  'join-date-before-birth': { severity: 'error', zh: '入社日期早于出生日期', en: 'joined before birth', right: '出生之后的日期' },
  'similar-person': { severity: 'warning', suspect: true, zh: '与同村同名的人号码相近，可能是同一人', en: 'alike a person of the same name in the village: maybe one person' },
  'second-plot': { severity: 'warning', suspect: true, zh: '同一人另有一块无编码的地，可能是更正，也可能是第二块', en: 'the same person has another area without a code: a correction or a second plot' },
  'parcel-claimed-twice': { severity: 'warning', zh: '该地块另有一户填报', en: 'another household claims this parcel' },
  'member-elsewhere': { severity: 'note', zh: '已在其他合作社登记', en: 'a member of another cooperative already' },
  'head-differs': { severity: 'note', zh: '本人是户主，另写了户主姓名，按本人为户主', en: 'is the head himself; the head named is not regarded' },
};

const finding = (code: string, column: RosterColumn, read?: string): Finding => ({ code, column, ...(read ? { read } : {}) });
const when = (holds: boolean, code: string, column: RosterColumn): Finding[] => (holds ? [finding(code, column)] : []);
const birthDate = (id: string): string => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;

/** 成员名册: one row says that this person of this household is bound to the cooperative in this way, and may claim this parcel. */
export const memberRoster: Sheet<RosterColumn, RosterSurroundings> = defineSheet<RosterColumn, RosterSurroundings>({
  name: 'member-roster',
  title: { zh: '成员名册', en: 'Member roster' },
  version: 1,
  columns: [
    { id: 'no', heading: '序号', synonyms: ['编号', '序'], kind: serial, example: '1', width: 6 },
    { id: 'name', heading: '姓名', synonyms: ['社员姓名', '成员姓名'], kind: text('name', 50), required: true, example: '示例人', width: 12, mask: maskName },
    { id: 'id', heading: '身份证号', synonyms: ['身份证号码', '公民身份号码', '证件号码'], kind: identityNumber, required: true, example: '999999197001010017', width: 22, mask: maskNumber },
    { id: 'relation', heading: '与户主关系', synonyms: ['关系'], kind: oneOf('relation', RELATIONS, 'warning'), example: '户主', width: 12 },
    { id: 'head', heading: '户主姓名', synonyms: ['户主'], kind: text('head', 50), example: '示例人', width: 12, mask: maskName },
    { id: 'town', heading: '所属镇', synonyms: ['镇', '镇(街道)', '乡镇'], kind: town, example: '送庄镇', width: 12 },
    { id: 'village', heading: '所属村', synonyms: ['村', '村(社区)', '行政村'], kind: village('town'), required: true, example: '白鹿庄村', width: 16 },
    { id: 'group', heading: '组', synonyms: ['村民小组'], kind: group, example: '1组', width: 8 },
    { id: 'parcel', heading: '承包地块编码', synonyms: ['地块编码', '地块代码'], kind: parcelCode, example: '4103081032100100001', width: 24 },
    { id: 'area', heading: '面积(亩)', synonyms: ['面积', '承包面积', '入社面积'], kind: area, example: '3.25', width: 10 },
    { id: 'crop', heading: '作物', synonyms: ['种植作物', '品种'], kind: oneOf('crop', CROPS, 'warning'), example: '桃', width: 10 },
    { id: 'joined', heading: '入社日期', synonyms: ['入社时间'], kind: date('join-date'), example: '2022-03-01', width: 14 },
    { id: 'contribution', heading: '出资额(元)', synonyms: ['出资额', '股金', '出资'], kind: money, example: '1000', width: 12 },
    { id: 'phone', heading: '联系电话', synonyms: ['电话', '手机', '手机号'], kind: phone, example: '13800000000', width: 16, mask: maskPhone },
    { id: 'linkage', heading: '绑定方式', synonyms: ['联结方式', '利益联结'], kind: oneOf('linkage', LINKAGES, 'error'), absent: 'MEMBER', example: '成员', width: 12 },
    { id: 'remark', heading: '备注', synonyms: [], kind: anything, example: '', width: 20 },
  ],
  key: ['id', 'linkage', 'parcel'],
  apart: ({ parcel, area: land }) => (parcel === '' ? land : ''),
  rules: [
    { over: ['name', 'relation', 'head'], judge: (row: Row) => when(row.relation === '' && !isHead(row), 'relation-missing', 'relation') },
    { over: ['relation', 'head'], judge: ({ relation, head }: Row) => when(relation !== '' && relation !== HEAD && head === '', 'head-missing', 'head') },
    { over: ['name', 'relation', 'head'], judge: (row: Row) => when(row.relation === HEAD && !isHead({ relation: '', head: row.head, name: row.name }), 'head-differs', 'head') },
    { over: ['parcel', 'area'], judge: ({ parcel, area: land }: Row) => when(parcel !== '' && land === '', 'area-missing', 'area') },
    { over: ['id', 'joined'], judge: ({ id, joined }: Row) => when(joined !== '' && joined < birthDate(id), 'join-date-before-birth', 'joined') },
    { over: ['id'], judge: ({ id }: Row, { known }) => when(known.isElsewhere(id), 'member-elsewhere', 'id') },
  ],
  across: ({ known }) => {
    const households = new Households(known);
    return [oneNumberOneName(), households, similarPerson(known), secondPlot(known), parcelClaims(households, known)];
  },
  codes: CODES,
  known: ({ id, linkage, parcel }, { known }) => known.under(id, linkage, parcel),
  complete: (row, { today }) => ({
    ...row,
    relation: row.relation || (isHead(row) ? HEAD : '其他'),
    head: row.head === '' && isHead(row) ? row.name : row.head,
    joined: row.joined || today,
  }),
  sums: [{ column: 'area', once: 'parcel' }],
});
