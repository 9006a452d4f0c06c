// Before any input class is read: its fields' types are kept as metadata.
import 'reflect-metadata';
export type { CommandAnswer } from './command-answer.js';
export { factTable, type FactTable, type FactTableOptions } from './fact-table.js';
export { Listing } from './listing.js';
export { defineService, get, isCommand, post, type AnyView, type Lookup, type LookupContext, type Preparation, type PreparationContext, type Prepared, type Route, type Service } from './manifest.js';
export { aPage, Paged, pageOf, type Page } from './paging.js';
export { Problem, type FieldProblem, type ProblemDetails, type ProblemKind } from './problem.js';
export { defineQuery, type AnyQuery, type Params, type Query, type QueryContext, type ViewReader } from './query.js';
export { main, type Mode } from './program.js';
export { run } from './run.js';
export type { InjectedAnswer, InjectedRequest, Overrides, Running } from './running.js';
export type { Worker, WorkerContext } from './worker.js';
