import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { throwError } from 'rxjs';
import { languageOf } from '../language.js';
import { Problem, problemBody, problemOf } from '../problem.js';
import type { Telemetry } from '../telemetry.js';
import type { DoorList } from './door-list.js';
import { headerOf, type KitReply, type KitRequest } from './request.js';

/** Every failure leaves as `application/problem+json`; what is no problem of the caller is logged with its trace. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly telemetry: Telemetry,
    private readonly doors: DoorList,
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    // A batch that was not taken in is the feed's to deliver again.
    if (host.getType() !== 'http') return throwError(() => error);
    const request = host.switchToHttp().getRequest<KitRequest>();
    const reply = host.switchToHttp().getResponse<KitReply>();
    const problem = this.problem(error, request, reply);
    const traceId = request.trace?.traceId;
    if (problem.kind === 'defect') this.telemetry.log.error({ traceId, route: request.routeOptions?.url, error: error instanceof Error ? error.stack : String(error) }, 'defect');
    const { retryAfterSeconds } = problem.details;
    if (retryAfterSeconds) reply.header('retry-after', String(retryAfterSeconds));
    const body = problemBody(problem, languageOf(headerOf(request, 'accept-language')), traceId);
    return reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify({ ...body, ...problem.details.more }));
  }

  /** No route matched: is it the path that is unknown, or only the method? */
  private problem(error: unknown, { routeOptions, url }: KitRequest, reply: KitReply): Problem {
    const problem = problemOf(error);
    const allowed = problem.kind === 'not-found' && !routeOptions?.url ? this.doors.methodsAt(url) : [];
    if (allowed.length === 0) return problem;
    reply.header('allow', allowed.join(', '));
    return new Problem('method-not-allowed');
  }
}
