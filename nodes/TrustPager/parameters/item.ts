import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { ParameterReader } from './parameterReader';

/** One input item: its parameters, and n8n's context for whatever else belongs to it (files, execution). */
export class Item extends ParameterReader {
	readonly index: number;

	constructor(readonly context: IExecuteSingleFunctions) {
		const index = context.getItemIndex();
		super(context, index);
		this.index = index;
	}
}
