import { createKeys, createTokenVerifier, issueToken, type Principal, type SigningKeys } from '#auth';
import { EVERYONE } from '#contracts';
import type { Config } from './config.js';
import { readOrMake } from './secrets.js';

/** The accounts of the first start; a sign-in service comes later. */
const FIRST: readonly Principal[] = [
  { id: 'administrator', name: '系统管理员', grants: [...EVERYONE, 'OPERATOR' as const].map((role) => ({ role })) },
  { id: 'district-official', name: '孟津区农业农村局', grants: [{ role: 'DISTRICT_OFFICIAL', region: 'r-410308' }] },
  { id: 'analyst', name: '产业分析员', grants: [{ role: 'ANALYST', region: 'r-410308' }] },
  { id: 'cooperative-manager', name: '合作社理事长', grants: [{ role: 'COOPERATIVE_MANAGER', cooperative: 'c-01' }] },
  { id: 'enterprise-staff', name: '龙头企业专员', grants: [{ role: 'ENTERPRISE_STAFF', enterprise: 'e-01' }] },
  { id: 'operator', name: '运维', grants: [{ role: 'OPERATOR' }] },
];
const OURS = { issuer: 'shuangbang', audience: 'shuangbang' };
const TERM = '365d';

/** Who may sign tokens for this process, and how they are checked. */
export interface Accounts {
  verify(token: string): Promise<Principal>;
  /** In the name of a service, for what it asks others. */
  serviceToken(service: string): Promise<string>;
  tokenFor(principal: Principal): Promise<string>;
  readonly tokens: Readonly<Record<string, string>>;
}

/** Keys of our own in the data directory, or an issuer elsewhere. */
export const openAccounts = async (config: Config): Promise<Accounts> => (config.issuer ? elsewhere(config.issuer) : ownAccounts(config.dataDir));

const elsewhere = ({ issuer, jwksUrl, serviceToken }: NonNullable<Config['issuer']>): Accounts => ({
  verify: createTokenVerifier({ jwks: new URL(jwksUrl), issuer, audience: OURS.audience }),
  serviceToken: () => Promise.resolve(serviceToken),
  tokenFor: () => Promise.reject(new Error(`tokens are issued by ${issuer}`)),
  tokens: {},
});

const ownAccounts = async (dataDir: string): Promise<Accounts> => {
  const fresh = await createKeys();
  const { text } = readOrMake(dataDir, 'token-keys.json', () => JSON.stringify(fresh));
  const keys = JSON.parse(text) as SigningKeys;
  const tokenFor = (principal: Principal): Promise<string> => issueToken(keys, principal, { ...OURS, expiresIn: TERM });
  const tokens = await Promise.all(FIRST.map(async (principal) => [principal.id, await tokenFor(principal)] as const));
  return {
    verify: createTokenVerifier({ jwks: keys.publicKeys, ...OURS }),
    serviceToken: (service) => tokenFor({ id: `service:${service}`, name: service, grants: EVERYONE.map((role) => ({ role })) }),
    tokenFor,
    tokens: Object.fromEntries(tokens),
  };
};
