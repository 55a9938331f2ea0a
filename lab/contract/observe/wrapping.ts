import { readPage } from '../../../nodes/TrustPager/transport/paging';
import { isObject } from '../../../nodes/TrustPager/values';
import { bodyOf, rowsOf, type Answers } from '../answers';
import { shown } from '../names';

/** Where a list's rows are: `data[]`, `data.configs[]`, `threads[]`, `[]`; '?' when there is no list. */
export function listPlace(answers: Answers, name: string): string {
	const body = bodyOf(answers, name);
	if (!readPage(body).isList) return '?';
	if (Array.isArray(body)) return '[]';
	if (!isObject(body)) return '?';
	if (Array.isArray(body.data)) return 'data[]';
	const [wrapper, prefix] = isObject(body.data) ? [body.data, 'data.'] : [body, ''];
	const found = Object.keys(wrapper).find((key) => Array.isArray(wrapper[key]));
	return found === undefined ? '?' : `${prefix}${shown(found)}[]`;
}

/** Where a list says whether there is more: `pagination`, `meta`, `data`, `root` …; `none`. */
export function pagingPlace(answers: Answers, name: string): string {
	const body = bodyOf(answers, name);
	if (rowsOf(answers, name) === undefined || !isObject(body)) return '?';
	const data = isObject(body.data) ? body.data : {};
	const places: Array<[string, unknown]> = [
		['pagination', body.pagination],
		['meta', body.meta],
		['data.pagination', data.pagination],
		['data.meta', data.meta],
		['data', data],
		['root', body],
	];
	return places.find(([, place]) => isObject(place) && 'has_more' in place)?.[0] ?? 'none';
}

/** Where a single is: `data`, `data.thread`, `root` or `thread`. @param inner its name when it is wrapped once more */
export function singlePlace(answers: Answers, name: string, inner: string): string {
	const body = bodyOf(answers, name);
	if (!isObject(body)) return '?';
	const [wrapper, place] = isObject(body.data) ? [body.data, 'data'] : [body, 'root'];
	const isInner = isObject(wrapper[inner]) && !('id' in wrapper);
	return isInner ? `${place === 'data' ? 'data.' : ''}${inner}` : place;
}
