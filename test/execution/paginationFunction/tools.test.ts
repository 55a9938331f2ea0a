/** The operations of the error matrix as tools of an agent, which calls a tool for one item. */
import '../../engine/paginationEntryPoint';

import type { IDataObject } from 'n8n-workflow';

import { rows } from '../../engine/engine';
import { useSandbox } from '../../engine/sandboxFixture';
import { DOCUMENTED } from '../../transport/errorCases';
import {
	asItems,
	expectedOf,
	OPERATIONS,
	type MatrixOperation,
} from '../../transport/matrixOperations';

const fixture = useSandbox('generated');

async function call({ parameters }: MatrixOperation, item: IDataObject) {
	return await fixture.run(parameters, { items: asItems([item]), isTool: true });
}

describe.each(OPERATIONS)('$name', (operation) => {
	test('gives the model its row', async () => {
		const [item] = operation.items(fixture);
		const { error, items } = await call(operation, item);
		expect(error).toBeUndefined();
		expect(rows(items)).toEqual([operation.row(item)]);
	});

	test.each(DOCUMENTED)('tells the model what is wrong: $name', async (documented) => {
		const items = operation.items(fixture);
		const request = { ...operation.request(items), skip: 0 };
		await fixture.control.addFault({ ...documented.fault, ...request, times: null });
		const outcome = await call(operation, items[1]);
		expect(outcome.error).toBeUndefined();
		// As an item, because n8n hides the text of a tool that throws from the model.
		const told = String(rows(outcome.items)[0].error);
		const { title, says } = expectedOf(documented, operation);
		expect(told.slice(0, title.length)).toBe(title);
		for (const part of says) expect(told).toContain(part);
		expect(told).not.toMatch(/undefined|\[object|null|<\w/);
	});
});
