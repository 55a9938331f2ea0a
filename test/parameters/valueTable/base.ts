import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../nodes/TrustPager/execution/operation';
import { resources } from '../../../nodes/TrustPager/resources';
import { byId } from '../../engine/sandboxFixture';

const ID = '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d';

/** A parameter of an operation, or an entry of one of its collections. */
export interface Place {
	name: string;
	field: INodeProperties;
	/** The parameters of the operation with `expression` in this place. */
	parameters: (expression: string) => IDataObject;
	/** The name of the collection, for an entry of one. */
	collection?: string;
}

/** Valid values for everything that an operation needs, by parameter name. */
const VALID: IDataObject = {
	approvalId: byId(ID),
	configId: byId(ID),
	threadId: byId(ID),
	scheduledEmailId: byId(ID),
	scheduledFor: '2099-06-03T09:00:00Z',
	threadIds: ID,
	toEmail: 'ann@example.com',
	subject: 'Hello',
	htmlBody: '<p>Hello</p>',
	message: 'Hello',
	replyHtml: '<p>Hello</p>',
	fromEmailHandle: 'support',
	fromName: 'Support',
	staffEmail: 'staff@example.com',
};

/** What else must be set for a parameter to count. */
const ALONG: Record<string, IDataObject> = {
	mode: { senderUserId: byId(ID) },
	senderUserId: { mode: 'personal' },
	fromEmail: { mode: 'personal', senderUserId: byId(ID) },
	threads: { target: 'fromList' },
	responseFormButtonLabel: { responseType: 'freeText' },
	responseFormDescription: { responseType: 'freeText' },
	responseFormTitle: { responseType: 'freeText' },
};

/** The same, within the collection of an entry. */
const ALONG_IN: Record<string, IDataObject> = { bodyFormat: { htmlBody: 'Hello' } };

const UPDATES: IDataObject = {
	config: { configName: 'x' },
	scheduledEmail: { respectBusinessHours: true },
	thread: { isRead: true },
};

/** Every parameter of every operation, as the descriptions have them. */
export const PLACES: Place[] = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) =>
		operation.fields
			// n8n takes no expression in place of one; its entries: test/operations/askPerson.
			.filter(({ type }) => type !== 'fixedCollection')
			.flatMap((field) => placesOf(resource.value, operation, field)),
	),
);

function placesOf(resource: string, operation: Operation, field: INodeProperties): Place[] {
	const base = { ...validFor(resource, operation), resource, operation: operation.value };
	const title = `${resource}.${operation.value}.${field.name}`;
	if (field.type !== 'collection') {
		const along = ALONG[field.name] ?? {};
		const parameters = (expression: string) => ({
			...base,
			...along,
			[field.name]: valueOf(field, expression),
		});
		return [{ name: title, field, parameters }];
	}
	const entries = ((field.options ?? []) as INodeProperties[]).filter(
		({ type }) => type !== 'fixedCollection',
	);
	return entries.map((entry) => ({
		name: `${title}.${entry.name}`,
		field: entry,
		collection: field.name,
		parameters: (expression) => ({
			...base,
			...ALONG[entry.name],
			[field.name]: {
				...((base as IDataObject)[field.name] as IDataObject),
				...ALONG_IN[entry.name],
				[entry.name]: valueOf(entry, expression),
			},
		}),
	}));
}

function validFor(resource: string, { value, fields }: Operation): IDataObject {
	const valid = fields.filter(({ name }) => name in VALID).map(({ name }) => [name, VALID[name]]);
	const update = value === 'update' ? { updateFields: UPDATES[resource] } : {};
	return { ...(Object.fromEntries(valid) as IDataObject), ...update };
}

export function valueOf(field: INodeProperties, expression: string): string | IDataObject {
	return field.type === 'resourceLocator' ? byId(expression) : expression;
}

/** `contactId` → `contact_id`, written a second time. */
export const apiNameOf = (name: string) =>
	name.replace(/([A-Z])/g, (letter) => `_${letter.toLowerCase()}`);
