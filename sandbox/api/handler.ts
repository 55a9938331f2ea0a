import type { ApiAnswer, ApiRequest } from '../world/apiTypes';
import type { World } from '../world/world';

/** Runs the handler of a request that has passed every check. */
export type Execute = (world: World, request: ApiRequest) => ApiAnswer;

/** Answers one operation; throws an `ApiError` to refuse. `execute` runs another request, such as an approved one. */
export type Handler = (request: ApiRequest, world: World, execute: Execute) => ApiAnswer;
