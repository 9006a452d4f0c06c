import { type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { Problem } from '../problem.js';
import type { RateLimit } from '../rate-limit.js';
import type { Accounts } from '../accounts.js';
import { tokenOf, type KitRequest } from './request.js';

/** Who may use a route: everybody, or accounts with a grant in one of the roles; the executors then ask for the place. */
export type RoutePolicy = 'everybody' | { readonly roles: readonly string[] };
const POLICY = 'route-policy';

/** Declares the policy of a route; without one the process does not start. */
export const Declared =
  (policy: RoutePolicy): MethodDecorator =>
  (_target, _key, descriptor) =>
    Reflect.defineMetadata(POLICY, policy, descriptor.value as object);

export const policyOf = (handler: object): RoutePolicy | undefined => Reflect.getMetadata(POLICY, handler) as RoutePolicy | undefined;

/** @throws Error naming every route of these controllers that declares no policy */
export const assertPolicies = (controllers: readonly Type[]): void => {
  const naked = controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, object>;
    const routes = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor' && Reflect.hasMetadata('path', prototype[name] ?? {}));
    return routes.filter((name) => !policyOf(prototype[name] as object)).map((name) => `${controller.name}.${name}`);
  });
  if (naked.length > 0) throw new Error(`routes without a policy: ${naked.join(', ')}; say who may`);
};

/** Token → principal, and a first look at the roles. */
export class DoorGuard implements CanActivate {
  constructor(
    private readonly accounts: Accounts,
    private readonly limit: RateLimit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<KitRequest>();
    const policy = policyOf(context.getHandler());
    if (policy === 'everybody') return true;
    if (!policy) throw new Error(`${context.getHandler().name} declares no policy`);
    request.principal = await this.principal(request);
    if (!this.limit.allows(request.principal.id, Date.now())) throw new Problem('too-many', { retryAfterSeconds: 1 });
    if (!request.principal.grants.some(({ role }) => policy.roles.includes(role))) throw new Problem('forbidden');
    return true;
  }

  private async principal(request: KitRequest): Promise<NonNullable<KitRequest['principal']>> {
    const token = tokenOf(request);
    if (!this.limit.allows(request.ip, Date.now()) || !token) throw new Problem(token ? 'too-many' : 'unauthenticated', token ? { retryAfterSeconds: 1 } : {});
    return this.accounts.verify(token).catch(() => {
      throw new Problem('unauthenticated');
    });
  }
}
