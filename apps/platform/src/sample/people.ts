const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SURNAMES = [...'张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗'];
const GIVEN = [...'一二三四五六七八九十甲乙丙丁戊己庚辛壬癸'];

/** An identity number of the unassigned region 999999, for tests only; the n-th is always the same. */
export const testIdentityNumber = (n: number): string => {
  const day = new Date(Date.UTC(1950, 0, 1) + (n % 20_000) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const body = `999999${day}${String(Math.floor(n / 20_000)).padStart(3, '0')}`;
  return body + '10X98765432'[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11];
};

/** An invented name; the household's members share the surname. */
export const testName = (household: number, member: number): string =>
  `${SURNAMES[household % SURNAMES.length]}测${GIVEN[(household + member) % GIVEN.length]}`;
