import { maskName, maskNumber, maskPhone, maskText } from './mask.js';

describe('What a terminal may show', () => {
  test.each([['张三', '张*'], ['张测一', '张*一'], ['阿卜杜·热合曼', '阿***曼'], ['李', '*'], ['', '*']])('a name: %s', (name, shown) => expect(maskName(name)).toBe(shown));
  test('a number and a phone', () => {
    expect(maskNumber('410308199001011234')).toBe('4103** **** ****1234');
    expect(maskNumber('1234567')).toBe('*******');
    expect(maskPhone('13812345678')).toBe('138****5678');
  });
  test('any of them in a text, and nothing else', () =>
    expect(maskText('第 12 行 41030819900101123X、410308900101123、4103081032100100001、13812345678,面积 1200.50,代码 410308103210,"rows": 100000')).toBe(
      '第 12 行 4103** **** ****123X、4103** **** ****1123、4103** **** ****0001、138****5678,面积 1200.50,代码 410308103210,"rows": 100000',
    ));
});
