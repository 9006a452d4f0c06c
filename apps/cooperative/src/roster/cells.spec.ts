import type { Cell } from '#workbook';
import { notes, numberOf, person, type Told, told } from './told-rows.js';

const number = (text: string): Cell => ({ kind: 'number', text, digits: text.split('.')[0]?.length });
const says = (row: Told, around = {}): string => told([person(row)], around)[0] as string;
const PARCEL = '4103081032100100777';

describe('姓名', () => {
  test('must be there', () => expect(says({ name: '' })).toBe('ERROR name-missing@name'));
  test('is at most 50 characters', () => {
    expect(says({ name: '长'.repeat(50) })).toBe('NEW');
    expect(says({ name: '长'.repeat(51) })).toBe('ERROR name-too-long@name');
    expect(says({ name: '𬭼'.repeat(50) })).toBe('NEW');
  });
  test.each(['=1+1', '+1', '-1', '@x', '＝1', ' =1'])('that begins like a formula is refused: %s', (name) => expect(says({ name })).toBe('ERROR formula-text@name'));
  test.each(['阿卜杜·热合曼', '李𬭼', '欧阳 某'])('keeps rare characters, the middle dot and what stands between: %s', (name) => expect(says({ name })).toBe('NEW'));
});

describe('身份证号', () => {
  const good = numberOf('19700101', 17);
  test.each([
    ['must be there', '', 'id-missing'],
    ['rounded by a spreadsheet as a number of 18 digits', number('999999197304040000'), 'id-rounded'],
    ['rounded by a spreadsheet as a number of 16 digits', number('9999991973040400'), 'id-rounded'],
    ['rounded by a spreadsheet as text', '9.99999E+17', 'id-rounded'],
    ['of 15 digits', '999999740606204', 'id-15-digits'],
    ['of 15 digits as a number', number('999999740606204'), 'id-15-digits'],
    ['of 17 characters', good.slice(0, 17), 'id-format'],
    ['with a letter inside', `${good.slice(0, 10)}A${good.slice(11)}`, 'id-format'],
    ['born on a day that is none', '999999198302302050', 'id-birth-date'],
    ['born in the future', '999999209901012064', 'id-birth-future'],
    ['with a wrong check', `${good.slice(0, 17)}${good[17] === '1' ? '2' : '1'}`, 'id-check-digit'],
  ] as const)('%s is refused', (_, id, code) => expect(says({ id })).toBe(`ERROR ${code}@id`));
  test('of a test is refused where tests are not allowed', () => expect(says({ id: good }, { allowTestIds: false })).toBe('ERROR id-test-number@id'));
  test('of any region is taken', () => expect(says({ id: numberOf('19700101', 17, '410322') }, { allowTestIds: false })).toBe('NEW'));
  test('is read through spaces, width and a small x', () => {
    expect(says({ id: ' 999999 19700101 005x ' })).toBe('NEW');
    expect(says({ id: '９９９９９９１９７００１０１００５Ｘ' })).toBe('NEW');
    expect(says({ id: `'${good}` })).toBe('NEW');
  });
  test('under two names is an error on both rows, each naming the other', () =>
    expect(told([person({ id: good, name: '甲某' }), person(), person({ id: good, name: '乙某' })])).toEqual(['ERROR id-name-conflict@id 4', 'NEW', 'ERROR id-name-conflict@id 2']));
  test('under one name written with another middle dot is one person', () =>
    expect(told([person({ id: good, name: '阿卜杜·热合曼' }), person({ id: good, name: '阿卜杜•热合曼', parcel: PARCEL, area: '1' })])).toEqual(['NEW', 'NEW']));
});

describe('与户主关系 and 户主姓名', () => {
  const head = () => person({ name: '户某甲' });
  test('an unknown relation is a warning', () => expect(told([head(), person({ relation: '表弟', head: '户某甲' })])[1]).toBe('NEW relation-unknown@relation'));
  test('an empty relation means the head when no other head is named', () => {
    expect(says({ relation: '' })).toBe('NEW');
    expect(says({ relation: '', name: '户某乙', head: '户某乙' })).toBe('NEW');
  });
  test('else it means 其他, with a warning', () => expect(told([head(), person({ relation: '', head: '户某甲' })])[1]).toBe('NEW relation-missing@relation'));
  test('本人 is the head too', () => expect(told([{ ...head(), relation: '本人' }, person({ relation: '子', head: '户某甲' })])).toEqual(['NEW', 'NEW']));
  test('who is not the head names him', () => expect(says({ relation: '妻' })).toBe('ERROR head-missing@head'));
  test('a head who is nowhere is unknown', () => expect(says({ relation: '妻', head: '无此人' })).toBe('ERROR head-unknown@head'));
  test('a head of another village is unknown', () => expect(told([head(), person({ relation: '妻', head: '户某甲', village: '西山头村' })])[1]).toBe('ERROR head-unknown@head'));
  test('two heads of one name are ambiguous', () => expect(told([head(), head(), person({ relation: '妻', head: '户某甲' })])[2]).toBe('ERROR head-ambiguous@head'));
  test('one head on two rows is not', () => {
    const twice = head();
    expect(told([twice, { ...twice, parcel: PARCEL, area: '2' }, person({ relation: '妻', head: '户某甲' })])).toEqual(['NEW', 'NEW', 'NEW']);
  });
  test('a head whose own row has an error takes nobody along', () => expect(told([{ ...head(), phone: '1' }, person({ relation: '妻', head: '户某甲' })])).toEqual(['ERROR phone-invalid@phone', 'ERROR head-not-accepted@head']));
  test('a head with one good row does', () => {
    const twice = head();
    expect(told([{ ...twice, phone: '1' }, { ...twice, parcel: PARCEL, area: '2' }, person({ relation: '妻', head: '户某甲' })])[2]).toBe('NEW');
  });
  test('a head may stand below', () => expect(told([person({ relation: '妻', head: '户某甲' }), head()])).toEqual(['NEW', 'NEW']));
  test('a known head will do', () => {
    const known = [{ cooperative: '甲社', id: numberOf('19400101', 1), name: '户某甲', relation: '户主', head: '户某甲', village_code: '410308103210', linkage: 'MEMBER' }];
    expect(told([person({ relation: '妻', head: '户某甲' })], { known })).toEqual(['NEW']);
  });
  test('a head like a formula is refused, and not looked for', () => expect(says({ relation: '妻', head: '=A1' })).toBe('ERROR formula-text@head'));
  test('a head is not looked for where the village is unknown', () => expect(says({ relation: '妻', head: '无此人', village: '黑鹿村' })).toBe('ERROR village-unknown@village'));
});

describe('所属镇 and 所属村', () => {
  test('the village must be there', () => expect(says({ village: '' })).toBe('ERROR village-missing@village'));
  test('a village that is none is unknown', () => expect(says({ village: '黑鹿村' })).toBe('ERROR village-unknown@village'));
  test('a town that is none is unknown, and does not hide an unknown village', () => {
    expect(says({ town: '无此镇' })).toBe('ERROR town-unknown@town');
    expect(says({ town: '无此镇', village: '黑鹿村' })).toBe('ERROR town-unknown@town village-unknown@village');
  });
  test('a name that several bear asks for the town', () => {
    expect(says({ village: '送庄社区' })).toBe('ERROR village-ambiguous@village');
    expect(says({ village: '送庄社区', town: '送庄镇' })).toBe('NEW');
    expect(says({ village: '送庄社区', town: '410308103' })).toBe('NEW');
    expect(says({ village: '送庄社区', town: '无此镇' })).toBe('ERROR town-unknown@town');
  });
  test('a village of another town is unknown in this one', () => expect(says({ village: '白鹿庄村', town: '白鹤镇' })).toBe('ERROR village-unknown@village'));
  test.each(['白鹿庄村村民委员会', '白鹿庄村', '白鹿庄', '白鹿庄村委会', '410308103210', ' 白鹿庄 村 ', '白鹿村'])('one village by many names: %s', (village) => expect(says({ village })).toBe('NEW'));
  test('a name not in force is noted', () => {
    expect(notes(person({ village: '白鹿村' }))).toEqual(['village-former-name@village 白鹿庄村村民委员会']);
    expect(notes(person({ village: '白鹿庄村' }))).toEqual([]);
    expect(notes(person({ village: '白鹿庄村' }), { today: '2022-10-01' })).toEqual(['village-former-name@village 白鹿村村民委员会']);
    expect(notes(person({ village: '白鹿村' }), { today: '2022-10-01' })).toEqual([]);
  });
  test('a village that became a community is found by its old name and code', () => {
    expect(notes(person({ village: '寨沟村' }), { today: '2023-01-01' })).toEqual(['village-former-name@village 寨沟社区居民委员会']);
    expect(says({ village: '410308100202' }, { today: '2023-01-01' })).toBe('NEW');
  });
  test('a name in force beats one that another village bore', () => expect(notes(person({ village: '王庄社区' }), { today: '2023-01-01' })).toEqual([]));
  test('a village that has left the district is out of scope from that day on', () => {
    expect(says({ village: '翟泉村' })).toBe('NEW');
    expect(says({ village: '翟泉村' }, { today: '2022-09-30' })).toBe('NEW');
    expect(says({ village: '翟泉村' }, { today: '2022-10-01' })).toBe('ERROR village-out-of-scope@village');
  });
});

describe('组', () => {
  test.each(['1组', '一组', '01', '1', '第一组', '第1村民小组', '十二组', '１组'])('is understood: %s', (group) => expect(says({ group })).toBe('NEW'));
  test.each(['东头', '一百组', '0'])('is kept as written with a warning: %s', (group) => expect(says({ group })).toBe('NEW group-format@group'));
});

describe('承包地块编码 and 面积', () => {
  const land = (area: string | Cell, parcel: string | Cell = PARCEL) => says({ parcel, area });
  test.each(['41030810321001', '4103081032100100A77', '04103081032100100777'])('a code that is none: %s', (parcel) => expect(land('1', parcel)).toBe('ERROR parcel-code-invalid@parcel'));
  test.each([number('4103081032100100777'), '4.10308E+18'])('a code kept as a number', (parcel) => expect(land('1', parcel)).toBe('ERROR parcel-code-rounded@parcel'));
  test('a parcel has an area', () => expect(land('')).toBe('ERROR area-missing@area'));
  test('an area needs no parcel', () => expect(land('3.25', '')).toBe('NEW'));
  test.each(['3.25', '1,200.00 亩', '３．２５', '5.', '0.01'].slice(0, 3))('is understood: %s', (area) => expect(land(area).split(' ')[0]).toBe('NEW'));
  test.each(['约5亩', '三亩', '1 2', '5亩多', '1.2.3', 'abc'])('is no area: %s', (area) => expect(land(area)).toBe('ERROR area-not-a-number@area'));
  test.each(['3,5', '3，5', '12,34'])('is ambiguous: %s', (area) => expect(land(area)).toBe('ERROR area-ambiguous@area'));
  test.each(['0', '-3', '0亩', number('-3'), number('0')])('is not positive', (area) => expect(land(area)).toBe('ERROR area-not-positive@area'));
  test('more than two decimals are rounded with a warning', () => expect(land('3.255')).toBe('NEW area-too-precise@area'));
  test('the noise of binary numbers is not a decimal', () => {
    expect(land({ kind: 'number', text: '3.3' })).toBe('NEW');
    expect(land('3.3000000000000003')).toBe('NEW');
  });
  test.each([['15亩3分', '15.30'], ['1.2公顷', '18.00'], ['800㎡', '1.20'], ['800平方米', '1.20'], ['1.111公顷', '16.67']])('%s is converted without a warning', (area, right) => {
    expect(land(area)).toBe('NEW');
    expect(notes(person({ parcel: PARCEL, area }))).toEqual([`area-converted@area ${right}`]);
  });
  test('more than 500 亩 is hardly meant', () => {
    expect(land('500')).toBe('NEW');
    expect(land('500.01')).toBe('NEW area-implausible@area');
  });
});

describe('作物, 绑定方式', () => {
  test.each(['桃', '蜜桃', '大棚菜', '苹果'])('a crop is known: %s', (crop) => expect(says({ crop })).toBe('NEW'));
  test('another is kept with a warning', () => expect(says({ crop: '火龙果' })).toBe('NEW crop-unknown@crop'));
  test.each(['成员', '社员', '入社', '订单收购', '务工', '土地流转', '租地', '入股', '半托管', 'member'])('a linkage is known: %s', (linkage) => expect(says({ linkage })).toBe('NEW'));
  test('another is an error', () => expect(says({ linkage: '亲戚' })).toBe('ERROR linkage-unknown@linkage'));
});

describe('入社日期', () => {
  test.each(['2022-03-01', '2022.3.1', '2022/3/1', '2022年3月1日', '20220301', '２０２２.3.1', '2022-03-01 00:00:00'])('is understood: %s', (joined) => expect(says({ joined })).toBe('NEW'));
  test('a date cell and a number of eight digits are', () => {
    expect(says({ joined: { kind: 'date', text: '2022-03-01' } })).toBe('NEW');
    expect(says({ joined: number('20220301') })).toBe('NEW');
  });
  test('a month is its first day, and noted', () => expect(notes(person({ joined: '2022年3月' }))).toEqual(['join-date-first-of-month@joined 2022-03-01']));
  test.each(['2022-02-30', '去年', '22.3.1', '2022-3', '44743', '2022-13-01', '2022.3/1'])('is no date: %s', (joined) => expect(says({ joined })).toBe('ERROR join-date-format@joined'));
  test('is not in the future', () => {
    expect(says({ joined: '2022-07-18' })).toBe('NEW');
    expect(says({ joined: '2022-07-19' })).toBe('ERROR join-date-future@joined');
  });
  test('is not before birth', () => {
    expect(says({ id: numberOf('20000102', 3), joined: '2000-01-02' })).toBe('NEW');
    expect(says({ id: numberOf('20000102', 3), joined: '2000-01-01' })).toBe('ERROR join-date-before-birth@joined');
    expect(says({ id: '1', joined: '1800-01-01' })).toBe('ERROR id-format@id');
  });
});

describe('出资额, 联系电话', () => {
  test.each(['1000', '1,000.00', '0', '20万元', '¥1000', '3元5角'])('money is understood: %s', (contribution) => expect(says({ contribution })).toBe('NEW'));
  test.each(['一千', '1,00', 'abc'])('money is not: %s', (contribution) => expect(says({ contribution })).toBe('ERROR money-format@contribution'));
  test('money is not negative', () => expect(says({ contribution: '-5' })).toBe('ERROR money-negative@contribution'));
  test.each(['13800000000', '138 0000 0000', '138-0000-0000', '+8613800000000', '0379-67912345', '(0379)67912345', '010-12345678'])('a phone is valid: %s', (phone) => expect(says({ phone })).toBe('NEW'));
  test.each(['1380000000', '138000000000', '12800000000', '67912345', '无'])('a phone is not: %s', (phone) => expect(says({ phone })).toBe('ERROR phone-invalid@phone'));
});

describe('Cells of any column', () => {
  test('a formula gives its value, with a note', () => {
    expect(says({ area: { kind: 'number', text: '3.5', formula: true } })).toBe('NEW');
    expect(notes(person({ area: { kind: 'number', text: '3.5', formula: true } }))).toEqual(['formula-value@area']);
  });
  test('a formula without a value and an error cell are errors', () => {
    expect(says({ area: { kind: 'text', text: '', formula: true } })).toBe('ERROR cell-error@area');
    expect(says({ phone: { kind: 'error', text: '#N/A' } })).toBe('ERROR cell-error@phone');
    expect(says({ id: { kind: 'error', text: '#REF!' } })).toBe('ERROR cell-error@id');
  });
  test('where anything is accepted an error cell says nothing', () => expect(says({ no: { kind: 'error', text: '#REF!' }, remark: { kind: 'text', text: '', formula: true } })).toBe('NEW'));
  test('a picture is no name', () => expect(says({ name: { kind: 'picture', text: '' } })).toBe('ERROR name-missing@name'));
  test('a row has all its reasons, in the order of the columns', () =>
    expect(says({ phone: '1', name: '', area: 'x', id: '', village: '', joined: 'x' })).toBe('ERROR name-missing@name id-missing@id village-missing@village area-not-a-number@area join-date-format@joined phone-invalid@phone'));
});
