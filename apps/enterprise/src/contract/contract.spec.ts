import { contract as fact, type ContractData, contractLine, type ContractLineData } from '#contracts';
import { given } from '#decider';
import { amendContract } from './amend-contract.js';
import { contract } from './contract.js';
import { correctContract } from './correct-contract.js';
import { signContract } from './sign-contract.js';
import { terminateContract } from './terminate-contract.js';
import { voidContract } from './void-contract.js';
import { grams } from './weighed.js';

const C = fact.events;
const L = contractLine.events;
const sides = { cooperativeId: 'c-1', enterpriseId: 'e-1' };
const data: ContractData = { factId: 'o-1', from: '2022-01-01', to: '2023-01-01', contractId: 'o-1', ...sides };
const line: ContractLineData = { factId: 'o-1.1', from: '2022-01-01', contractId: 'o-1', lineId: 'o-1.1', ...sides, crop: '桃', quantity: 100_000_000, area: 10_000, due: '2022-06-30' };
const facts = { cooperatives: [{ from: '2019-05-01', to: null, villageId: 'r-1' }], enterprises: [{ from: '2015-01-01', to: null, villageId: 'r-1' }] };
const signed = given().events(contract.at('o-1'), C.ContractSigned.of(data, data.from), L.ContractLineAgreed.of(line, line.from)).facts(facts);
const peaches = { crop: '桃', quantity: 100, unit: 't' as const, area: 10_000, due: '2022-06-30' };
const input = { id: 'o-1', ...sides, validFrom: '2022-01-01', validThrough: '2022-12-31', lines: [peaches] };
const o1 = { contractId: 'o-1' };

describe('A contract', () => {
  test('is signed with its lines', () => given().facts(facts).when(signContract, input).emits(C.ContractSigned.of(data, data.from), L.ContractLineAgreed.of(line, line.from)));
  test('quantities are grams, said in any unit', () => expect([grams(100, 't'), grams(1.5, 'kg'), grams(3, 'jin'), grams(7)]).toEqual([100_000_000, 1500, 1500, 7]));
  test('names a line once', () => given().facts(facts).when(signContract, { ...input, lines: [{ ...peaches, id: 'x' }, { ...peaches, id: 'x' }] }).rejects('line-twice'));
  test('does not end before it begins', () => given().facts(facts).when(signContract, { ...input, validThrough: '2021-12-31' }).rejects('ends-before-it-begins'));
  test('is amended: lines changed, added and dropped in one version', () => {
    const second: ContractLineData = { ...line, factId: 'o-1.2', lineId: 'o-1.2', from: '2022-05-01', crop: '葡萄', quantity: 20_000_000, area: 2_000, due: '2022-09-30' };
    const grapes = { crop: '葡萄', quantity: 20, unit: 't' as const, area: 2_000, due: '2022-09-30' };
    signed.when(amendContract, { ...o1, on: '2022-05-01', amend: [{ lineId: 'o-1.1', quantity: 120, unit: 't' }], add: [grapes] }).emits(
      C.ContractAmended.of(data, '2022-05-01'), L.ContractLineAmended.of({ ...line, quantity: 120_000_000 }, '2022-05-01'), L.ContractLineAgreed.of(second, '2022-05-01'));
    signed.when(amendContract, { ...o1, on: '2022-05-01', drop: ['o-1.1'] }).emits(C.ContractAmended.of(data, '2022-05-01'), L.ContractLineVoided.of(line, '2022-05-01'));
  });
  test('an amendment names lines that are there, each once', () => {
    signed.when(amendContract, { ...o1, drop: ['o-1.9'] }).rejects('no-such-line');
    signed.when(amendContract, { ...o1, amend: [{ lineId: 'o-1.1', area: 1 }], drop: ['o-1.1'] }).rejects('line-twice');
    signed.when(amendContract, { ...o1, add: [{ ...peaches, id: 'o-1.1' }] }).rejects('line-twice');
  });
  test('an amendment that changes nothing is none', () => signed.when(amendContract, { ...o1, amend: [{ lineId: 'o-1.1', area: 10_000 }] }).emits());
  test('is terminated before its end', () => {
    signed.when(terminateContract, { ...o1, validThrough: '2022-08-31' }).emits(C.ContractTerminated.of({ ...data, to: '2022-09-01' }, '2022-08-31'));
    signed.when(terminateContract, { ...o1, validThrough: '2022-12-31' }).rejects('ended-before');
  });
  test('is corrected', () => signed.when(correctContract, { ...o1, contractNo: '2022-01' }).emits(C.ContractCorrected.of({ ...data, contractNo: '2022-01' }, data.from)));
  test('is voided with every line', () => signed.when(voidContract, o1).emits(C.ContractVoided.of(data, data.from), L.ContractLineVoided.of(line, line.from)));
  test('a void contract is none', () => signed.events(contract.at('o-1'), C.ContractVoided.of(data, data.from)).when(voidContract, o1).rejects('no-such-contract'));
});
