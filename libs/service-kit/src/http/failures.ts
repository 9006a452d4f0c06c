import type { OpenAPIObject } from '@nestjs/swagger';
import { fill, type Text } from '#decider';
import { Problem, problemBody, type ProblemKind, PROBLEMS } from '../problem.js';
import { shapeOf } from './schema.js';

const SCHEMA = '#/components/schemas/Problem';
const EXAMPLE = problemBody(new Problem('malformed', { errors: [{ field: 'validFrom', rule: 'matches', text: { zh: '格式不正确', en: 'must be a day, YYYY-MM-DD' } }] }), 'zh', '4bf92f3577b34da6a3ce929d0e0e4736');
const ALWAYS: readonly ProblemKind[] = ['malformed', 'unauthenticated', 'forbidden', 'too-many', 'defect', 'unavailable'];
const OF_COMMANDS: readonly ProblemKind[] = ['raced', 'too-large', 'unsupported'];

type Responses = Record<string, object>;
interface Operation {
  readonly security?: unknown;
  readonly 'x-refusals'?: Readonly<Record<string, Text>>;
  readonly requestBody?: unknown;
  responses: Responses;
}

const answer = (kind: ProblemKind): object => {
  const { title } = PROBLEMS[kind];
  return { description: `${title.zh} · ${title.en}`, content: { 'application/problem+json': { schema: { $ref: SCHEMA }, example: kind === 'malformed' ? EXAMPLE : problemBody(new Problem(kind), 'zh') } } };
};

/** Each rule of the command that may refuse, with what the caller then reads. */
const refused = (refusals: Readonly<Record<string, Text>>): object => {
  const { title } = PROBLEMS.refused;
  const examples = Object.entries(refusals).map(([code, { zh, en }]) => [code, { value: problemBody(new Problem('refused', { code, detail: { zh: fill(zh, {}), en: fill(en, {}) } }), 'zh') }]);
  const schema = { allOf: [{ $ref: SCHEMA }, { type: 'object', properties: { code: { type: 'string', enum: [...Object.keys(refusals), 'not-known-yet', 'command-id-reused'] } } }] };
  return { description: `${title.zh} · ${title.en}`, content: { 'application/problem+json': { schema, examples: Object.fromEntries(examples) } } };
};

const pointers = (kinds: readonly ProblemKind[]): Responses => Object.fromEntries(kinds.map((kind) => [String(PROBLEMS[kind].status), { $ref: `#/components/responses/${kind}` }]));

const failuresOf = ({ 'x-refusals': refusals, requestBody }: Operation): Responses => ({
  ...pointers(ALWAYS),
  ...(refusals && Object.keys(refusals).length > 0 ? { 409: refused(refusals) } : {}),
  ...pointers(requestBody ? OF_COMMANDS : ['not-found']),
});

/** Every operation with the ways in which it can fail. */
export const withFailures = (document: OpenAPIObject): OpenAPIObject => {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path as unknown as Record<string, Operation>).filter(({ security }) => security)) operation.responses = { ...operation.responses, ...failuresOf(operation) };
  }
  const kinds = [...ALWAYS, ...OF_COMMANDS, 'not-found' as const];
  const { components } = document;
  return {
    ...document,
    components: {
      ...components,
      schemas: { ...components?.schemas, Problem: { ...shapeOf(EXAMPLE), required: ['type', 'status', 'code', 'title', 'detail', 'titleEn', 'detailEn'] } as never },
      responses: Object.fromEntries(kinds.map((kind) => [kind, answer(kind)])) as never,
    },
  };
};
