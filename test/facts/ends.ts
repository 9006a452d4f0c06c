import { creditCheckCharacter, organisationCheckCharacter } from '#standards';
import { admitted, type Case, contract, FIRST } from './cases.js';
import { type Act, any, BAILU } from './world.js';

const creditCode = (prefix: string): string => {
  const body = `${prefix}410308XX000088`;
  const inner = body + organisationCheckCharacter(body.slice(8));
  return inner + creditCheckCharacter(inner);
};

const [ENDED, RIGHT_END] = ['2022-05-31', '2022-06-30'];
export const END = { before: '2022-05-31', between: '2022-06-10', after: '2022-07-05' } as const;
interface End extends Omit<Case, 'enter'> {
  readonly begin: readonly Act[];
  readonly end: Act;
}
const validThrough = ENDED;
/** By kind of fact: ended late on ENDED, corrected to RIGHT_END, taken back. */
export const ENDS: Readonly<Record<string, End>> = {
  registration: {
    begin: [['/cooperative/cooperatives', { id: 'c-8', creditCode: creditCode('93'), kind: 'SPECIALIZED', name: '测试08合作社', villageId: BAILU, validFrom: FIRST }]],
    end: ['/cooperative/cooperatives/c-8/dissolve', { validThrough }],
    correct: ['/cooperative/cooperatives/c-8/dissolution/correct', { validThrough: RIGHT_END }],
    void: ['/cooperative/cooperatives/c-8/dissolution/void'],
    seen: (day) => any(`/cooperative/cooperatives?id=c-8&state=REGISTERED&asOf=${day}`),
  },
  binding: {
    begin: admitted('b-8', 'h-b', ['c-1', 'LEASE'], FIRST),
    end: ['/cooperative/bindings/b-8/end', { validThrough, reason: 'WITHDRAWN' }],
    correct: ['/cooperative/bindings/b-8/end/correct', { validThrough: RIGHT_END }],
    void: ['/cooperative/bindings/b-8/end/void'],
    seen: (day) => any(`/cooperative/bindings?id=b-8&counts=true&asOf=${day}`),
  },
  claim: {
    begin: [['/cooperative/bindings/b-2/claims', { claims: [{ id: 'k-8', parcelId: 'l-2', crop: '桃', validFrom: FIRST }] }]],
    end: ['/cooperative/bindings/b-2/claims/k-8/end', { validThrough }],
    correct: ['/cooperative/bindings/b-2/claims/k-8/correct', { validThrough: RIGHT_END }],
    void: ['/cooperative/bindings/b-2/claims/k-8/correct', { open: true }],
    seen: (day) => any(`/cooperative/claims?parcelId=l-2&asOf=${day}`),
  },
  enterprise: {
    begin: [['/enterprise/enterprises', { id: 'e-8', creditCode: creditCode('91'), name: '测试08龙头企业', villageId: BAILU, validFrom: FIRST }]],
    end: ['/enterprise/enterprises/e-8/dissolve', { validThrough }],
    correct: ['/enterprise/enterprises/e-8/dissolution/correct', { validThrough: RIGHT_END }],
    void: ['/enterprise/enterprises/e-8/dissolution/void'],
    seen: (day) => any(`/enterprise/enterprises?id=e-8&state=REGISTERED&asOf=${day}`),
  },
  recognition: {
    begin: [['/enterprise/enterprises/e-1/recognitions', { level: 'MUNICIPAL', validFrom: FIRST }]],
    end: ['/enterprise/enterprises/e-1/recognitions/e-1.recognition.2/end', { validThrough }],
    correct: ['/enterprise/enterprises/e-1/recognitions/e-1.recognition.2/correct', { validThrough: RIGHT_END }],
    void: ['/enterprise/enterprises/e-1/recognitions/e-1.recognition.2/correct', { open: true }],
    seen: (day) => any(`/enterprise/enterprises?id=e-1&level=MUNICIPAL&asOf=${day}`),
  },
  link: {
    begin: [['/enterprise/links', { id: 'n-8', cooperativeId: 'c-8', enterpriseId: 'e-1', validFrom: FIRST }]],
    end: ['/enterprise/links/n-8/unbind', { validThrough }],
    correct: ['/enterprise/links/n-8/correct', { validThrough: RIGHT_END }],
    void: ['/enterprise/links/n-8/correct', { open: true }],
    seen: (day) => any(`/enterprise/links?id=n-8&state=ACTIVE&asOf=${day}`),
  },
  contract: {
    begin: [contract('o-8', FIRST)],
    end: ['/enterprise/contracts/o-8/terminate', { validThrough }],
    correct: ['/enterprise/contracts/o-8/correct', { validThrough: RIGHT_END }],
    void: ['/enterprise/contracts/o-8/correct', { validThrough: '2022-12-31' }],
    seen: (day) => any(`/enterprise/contracts?id=o-8&state=ACTIVE&asOf=${day}`),
  },
};
