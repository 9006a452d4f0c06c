export { inScope, isEmpty, rolesFor, scopeFilter, scopeOf, type Asked, type PlaceColumns, type Scope } from './policy.js';
export type { Grant, Place, Principal, RegionTree } from './principal.js';
export { createKeys, createTokenVerifier, InvalidToken, issueToken, type SigningKeys, type TokenTerms, type VerifierOptions } from './token.js';
