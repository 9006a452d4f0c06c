import { enterprise, EVERYONE, IsDay, IsId, IsLabel, IsOneOf, recognition, RECOGNITION_LEVELS } from '#contracts';
import { defineView, type FoldContext } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional } from 'class-validator';
import type { Enterprise } from '../known/parties.js';
import { withLinkedEnterprises } from '../link/links.view.js';

const of = ['text', 'enterpriseId'] as const;
const registrations = factTable({ fact: enterprise, table: 'registration', columns: { enterprise_id: of, credit_code: ['text', 'creditCode'], name: ['text', 'name'], village_id: ['text', 'villageId'] }, indexes: ['enterprise_id', 'village_id'] });
const recognitions = factTable({ fact: recognition, table: 'recognition', columns: { enterprise_id: of, level: ['text', 'level'], batch: ['text', 'batch'], document_no: ['text', 'documentNo'] }, indexes: ['enterprise_id'] });

/** Which enterprises are there, and which of them lead? */
export const enterprises = defineView({
  name: 'enterprises',
  version: 1,
  services: ['enterprise'],
  tables: (schema) => `${registrations.ddl(schema)};\n${recognitions.ddl(schema)}`,
  fold: async ({ events }, context) => {
    await registrations.fold(events, context);
    await recognitions.fold(events, context);
  },
  facts: {
    enterprise: async (ids, { db, schema }: FoldContext) => {
      const { rows } = await db.query<Enterprise & { id: string }>(
        `select enterprise_id as id, valid_from as "from", valid_to as "to", village_id as "villageId" from ${schema}.registration where enterprise_id = any($1::text[]) and not voided`, [ids]);
      return new Map(rows.map((row) => [row.id, row]));
    },
  },
});

export class ListEnterprises extends Paged {
  /** How it stands at the end of this day; today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() id?: string;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsOneOf(RECOGNITION_LEVELS) level?: string;
  @IsOptional() @IsOneOf(['REGISTERED', 'DISSOLVED']) state?: string;
  /** Part of the name or of the credit code. */
  @IsOptional() @IsLabel() q?: string;
}

/** Of several levels in force the highest counts. */
const rowsOf = (schema: string, day: string): string => `
  select e.enterprise_id as "id", e.name as "name", e.credit_code as "creditCode", e.village_id as "villageId", e.valid_from as "validFrom", e.valid_to - 1 as "validThrough",
    case when e.valid_to <= ${day} then 'DISSOLVED' else 'REGISTERED' end as "state",
    (select level from ${schema}.recognition r where r.enterprise_id = e.enterprise_id and not r.voided and r.valid_from <= ${day} and (r.valid_to is null or r.valid_to > ${day})
     order by array_position(array['${RECOGNITION_LEVELS.join("','")}'], level) limit 1) as "level",
    (select coalesce(json_agg(json_build_object('id', r.id, 'level', r.level, 'validFrom', r.valid_from, 'validThrough', r.valid_to - 1, 'batch', r.batch, 'documentNo', r.document_no) order by r.valid_from), '[]')
     from ${schema}.recognition r where r.enterprise_id = e.enterprise_id and not r.voided) as "recognitions"
  from ${schema}.registration e where not e.voided and e.valid_from <= ${day}`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListEnterprises>) => {
  const asOf = input.asOf ?? today;
  const wider = await withLinkedEnterprises(scope, { db, schema: schemaOf('links') }, asOf);
  const list = new Listing();
  const rows = rowsOf(schemaOf('enterprises'), `${list.value(asOf)}::date`);
  return list
    .where(input.id, (value) => `"id" = ${value}`)
    .where(input.villageId, (value) => `"villageId" = ${value}`)
    .where(input.level, (value) => `"level" = ${value}`)
    .where(input.state, (value) => `"state" = ${value}`)
    .search(input.q, '"name"', '"creditCode"')
    .within(wider, { village: '"villageId"', enterprise: '"id"' })
    .page<{ id: string }>(db, rows, 'id', input);
};

export const listEnterprises = defineQuery({
  name: 'list-enterprises',
  title: { zh: '企业列表', en: 'List enterprises' },
  input: ListEnterprises,
  example: { limit: 50, level: 'COUNTY', asOf: '2022-07-18' },
  answer: aPage({
    id: 'e-1', name: '测试01龙头企业', creditCode: '91410308XX0000019P', villageId: 'r-410308103214', validFrom: '2015-01-01', validThrough: null, state: 'REGISTERED', level: 'COUNTY',
    recognitions: [{ id: 'e-1.recognition.1', level: 'COUNTY', validFrom: '2021-01-01', validThrough: '2022-12-31', batch: '2020', documentNo: '孟农〔2020〕1号' }],
  }),
  may: { roles: EVERYONE },
  views: ['enterprises', 'links'],
  run,
});
