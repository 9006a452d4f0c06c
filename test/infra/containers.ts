import type * as testcontainers from 'testcontainers';

type Testcontainers = typeof testcontainers;

/** The library and its client when an engine runs and already has the image; else the reason why not. Nothing is downloaded for a test. */
export type Containers = { readonly library: Testcontainers; readonly why: string } | { readonly library: null; readonly why: string };

const no = (why: string): Containers => ({ library: null, why });
/** Its library needs a newer Node than the product. */
const TOO_OLD = Number(process.versions.node.split('.')[0]) < 22;
const PATIENCE_MS = 60_000;

const imagesOf = async ({ getContainerRuntimeClient }: Testcontainers): Promise<string[] | null> => {
  const client = await getContainerRuntimeClient().catch(() => null);
  const images = await client?.container.dockerode.listImages().catch(() => null);
  return images?.flatMap((image) => image.RepoTags ?? []) ?? null;
};

const probe = async (image: string): Promise<Containers> => {
  if (TOO_OLD) return no('containers need Node 22 or later');
  // Imported only here: the library fails to load on older Nodes, and looks for an engine as it loads.
  const library = await import('testcontainers');
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, PATIENCE_MS, 'late').unref());
  const images = await Promise.race([imagesOf(library), late]);
  if (images === 'late') return no(`the container engine did not answer within ${PATIENCE_MS / 1000} s`);
  if (!images) return no('no container engine answers');
  return images.includes(image) ? { library, why: `the container engine has ${image}` } : no(`the container engine has no image ${image}`);
};

/**
 * Whether containers may serve a test: TEST_INFRA=auto (unless told) takes them where they can be had, `local` never, and
 * `containers` insists. @throws Error when it insists in vain
 */
export const containersFor = async (image: string): Promise<Containers> => {
  const wish = process.env.TEST_INFRA ?? 'auto';
  if (!['auto', 'containers', 'local'].includes(wish)) throw new Error(`TEST_INFRA is ${wish}: set it to auto, containers or local`);
  if (wish === 'local') return no('TEST_INFRA is local');
  const found = await probe(image);
  if (wish === 'containers' && !found.library) throw new Error(`TEST_INFRA is containers, but ${found.why}`);
  return found;
};
