import { saysOfItself } from './judge-roster.js';

describe('What a roster says of itself', () => {
  test.each([
    [['送庄镇某合作社（测试）成员名册', '填报单位：测试01合作社　填报时间：2022年7月18日'], ['测试01合作社', '送庄镇某合作社（测试）']],
    [['填报单位(盖章): 甲社 单位:亩'], ['甲社']],
    [['填报单位：', '2022年'], []],
    [['甲合作社社员花名册', '填报单位：甲合作社'], ['甲合作社']],
    [[], []],
  ])('%j', (titles, said) => expect(saysOfItself(titles)).toEqual(said));
});
