import { createLocalJWKSet, createRemoteJWKSet, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from 'jose';
import { ROLES, type Role } from '#contracts';
import type { Grant, Principal } from './principal.js';

export interface VerifierOptions {
  /** The keys themselves, or where to fetch them. */
  readonly jwks: JSONWebKeySet | URL;
  readonly issuer: string;
  readonly audience: string;
  /** Epoch ms; the system's clock unless told. */
  readonly now?: () => number;
}

/** The token is missing, expired, forged or says nothing usable. */
export class InvalidToken extends Error {}

const ID = /^[A-Za-z0-9._:-]{1,64}$/;
const optionalId = (value: unknown): boolean => value === undefined || (typeof value === 'string' && ID.test(value));
const isGrant = (value: unknown): value is Grant => {
  const grant = value as Grant;
  return typeof value === 'object' && value !== null && ROLES.includes(grant.role as Role) && [grant.region, grant.cooperative, grant.enterprise].every(optionalId);
};

/** Milliseconds for which a signature that was verified is not verified again: that was a tenth of the work of a busy process. */
const BELIEVED_MS = 60_000;
/** Tokens that are remembered at a time. */
const REMEMBERED = 1000;

interface Verified {
  readonly principal: Principal;
  /** Epoch ms. */
  readonly until: number;
}
const remembering = (now: () => number, verify: (token: string) => Promise<Verified>): ((token: string) => Promise<Principal>) => {
  const believed = new Map<string, Verified>();
  return async (token) => {
    const known = believed.get(token);
    if (known && now() < known.until) return known.principal;
    const { principal, until } = await verify(token);
    if (believed.size >= REMEMBERED) believed.clear();
    believed.set(token, { principal, until: Math.min(until, now() + BELIEVED_MS) });
    return principal;
  };
};

/** Token → principal. The claim `grants` carries `{role, region? | cooperative? | enterprise?}`. @throws InvalidToken */
export const createTokenVerifier = ({ jwks, issuer, audience, now = Date.now }: VerifierOptions): ((token: string) => Promise<Principal>) => {
  const keys = jwks instanceof URL ? createRemoteJWKSet(jwks) : createLocalJWKSet(jwks);
  return remembering(now, async (token) => {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, currentDate: new Date(now()) }).catch((error: Error) => {
      throw new InvalidToken(error.message);
    });
    const grants = payload.grants ?? [];
    if (!payload.sub || !ID.test(payload.sub) || !Array.isArray(grants) || !grants.every(isGrant)) throw new InvalidToken('the token carries no usable subject or grants');
    const principal = { id: payload.sub, name: typeof payload.name === 'string' ? payload.name : payload.sub, grants };
    return { principal, until: payload.exp === undefined ? Infinity : payload.exp * 1000 };
  });
};

/** A key pair as JSON, to be kept in a file that only the system reads. */
export interface SigningKeys {
  readonly privateKey: JWK;
  readonly publicKeys: JSONWebKeySet;
}

export const createKeys = async (): Promise<SigningKeys> => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const kid = crypto.randomUUID();
  return { privateKey: { ...(await exportJWK(privateKey)), kid, alg: 'EdDSA' }, publicKeys: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }] } };
};

export interface TokenTerms {
  readonly issuer: string;
  readonly audience: string;
  /** Such as `12h` or `365d`. */
  readonly expiresIn: string;
}

export const issueToken = async (keys: SigningKeys, principal: Principal, terms: TokenTerms): Promise<string> =>
  new SignJWT({ name: principal.name, grants: [...principal.grants] })
    .setProtectedHeader({ alg: 'EdDSA', kid: keys.privateKey.kid ?? '' })
    .setSubject(principal.id)
    .setIssuer(terms.issuer)
    .setAudience(terms.audience)
    .setIssuedAt()
    .setExpirationTime(terms.expiresIn)
    .sign(await importJWK(keys.privateKey, 'EdDSA'));
