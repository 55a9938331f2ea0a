export { call } from './client';
export { cursorQuery, readPage } from './paging';
export type { Page } from './paging';
export { SCOPES } from './scopes';
export type { Scope } from './scopes';
export type { ApiAnswer, ApiContext, ApiRequest } from './types';
