import { containersFor } from './containers.js';

const NOBODY_HAS = 'nobody-has-this-image:0';

describe('Containers for a test', () => {
  const told = process.env.TEST_INFRA;
  const asked = (wish: string | undefined) => {
    if (wish === undefined) delete process.env.TEST_INFRA;
    else process.env.TEST_INFRA = wish;
    return containersFor(NOBODY_HAS);
  };
  afterAll(() => {
    if (told === undefined) delete process.env.TEST_INFRA;
    else process.env.TEST_INFRA = told;
  });

  test('are not asked for where local processes are wanted', async () => expect(await asked('local')).toEqual({ library: null, why: 'TEST_INFRA is local' }));
  test('are done without, with the reason, where there is no engine or no image', async () => expect(await asked(undefined)).toEqual({ library: null, why: expect.stringMatching(/^(no container engine answers|the container engine has no image nobody-has-this-image:0|containers need Node 22 or later)$/) }), 70_000);
  test('are an error where they are insisted on and cannot be had', async () => expect(asked('containers')).rejects.toThrow(/^TEST_INFRA is containers, but /), 70_000);
  test('take no other word', async () => expect(asked('docker')).rejects.toThrow('set it to auto, containers or local'));
});
