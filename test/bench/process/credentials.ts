import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';

import { Container, core, n8n, trustPagerCredential } from './n8n';

type Expressions = Parameters<ICredentialsHelper['getDecrypted']>[6];

/**
 * What n8n's server does with a credential each time a node asks for it, except for the read from its database:
 * decrypt, fill in defaults, resolve expressions; and evaluate the credential's `authenticate` for each request.
 */
export async function credentialsHelper(data: IDataObject): Promise<ICredentialsHelper> {
	const type = trustPagerCredential();
	provideKey();
	const stored = new core.Credentials({ id: '1', name: 'TrustPager' }, type.name);
	await stored.setData(data as ICredentialDataDecryptedObject);
	const encrypted = stored.data;

	const resolve = (value: string, credentials: IDataObject, workflow: Workflow, node: INode) =>
		value.startsWith('=')
			? String(
					workflow.expression.getSimpleParameterValue(
						node,
						value,
						'internal',
						{ $credentials: credentials },
						undefined,
						'',
					),
				)
			: value;

	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => type.properties,
		getDecrypted: async (...parameters: unknown[]) => {
			const copy = new core.Credentials({ id: '1', name: 'TrustPager' }, type.name, encrypted);
			const plain = n8n.NodeHelpers.getNodeParameters(
				type.properties,
				(await copy.getData()) as never,
				true,
				false,
				null,
				null,
			);
			const place = parameters[6] as Expressions;
			if (!place) return plain;
			return place.workflow.expression.getParameterValue(
				plain as never,
				place.runExecutionData ?? null,
				place.runIndex,
				place.itemIndex,
				place.node.name,
				place.connectionInputData,
				'trigger',
				{},
				undefined,
				false,
				plain as never,
			);
		},
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		authenticate: async (
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			options: IHttpRequestOptions,
			workflow: Workflow,
			node: INode,
		) => {
			if (typeof type.authenticate === 'function') {
				return await type.authenticate(credentials, options);
			}
			options.headers ??= {};
			for (const [key, value] of Object.entries(headersOf(type.authenticate))) {
				options.headers[key] = resolve(value, credentials as IDataObject, workflow, node);
			}
			return options;
		},
	} as unknown as ICredentialsHelper;
}

function headersOf(authenticate: unknown): Record<string, string> {
	const { properties } = authenticate as { properties: { headers: Record<string, string> } };
	return properties.headers;
}

/** n8n's server keeps the keys that encrypt credentials in its database, wrapped; here is one without a database. */
function provideKey(): void {
	const cipher = Container.get(core.Cipher);
	const value = cipher.encryptDEKWithInstanceKey('0'.repeat(64));
	const key = {
		id: 'bench',
		value,
		algorithm: 'aes-256-gcm' as const,
		format: 'prefixed' as const,
	};
	Container.get(core.EncryptionKeyProxy).setProvider({
		getActiveKey: async () => key,
		getKeyById: async () => key,
		getLegacyKey: async () => key,
	});
}
