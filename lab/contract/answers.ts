import type { IDataObject } from 'n8n-workflow';

import { isSuccess } from '../../nodes/TrustPager/transport/answer';
import { readPage } from '../../nodes/TrustPager/transport/paging';

/** What became of a question. */
export interface Answer {
	/** 0 when no answer came. */
	status: number;
	headers: IDataObject;
	/** Parsed JSON, else text, else ''. */
	body: unknown;
}

/** The answers so far, by the name of their question; a question that was not asked has none. */
export type Answers = ReadonlyMap<string, Answer>;

/** The body of a successful answer, else undefined. */
export function bodyOf(answers: Answers, name: string): unknown {
	const answer = answers.get(name);
	return answer && isSuccess(answer) ? answer.body : undefined;
}

/** The rows of a list as the node reads them; undefined when there is no answer with a list. */
export function rowsOf(answers: Answers, name: string): IDataObject[] | undefined {
	const page = readPage(bodyOf(answers, name));
	return page.isList ? page.items : undefined;
}

/** Identifies a row: its ID, else all of it. */
export function rowKey(row: IDataObject): string {
	return JSON.stringify(row.id ?? row);
}
