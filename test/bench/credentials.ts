import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { Container, core, n8n, trustPager } from './n8n';

type Expressions = Parameters<ICredentialsHelper['getDecrypted']>[6];

/**
 * What n8n's server does with a credential each time a node asks for it, except for the read from its database: it
 * decrypts, fills in defaults, resolves expressions, and calls the credential's `authenticate` for each request.
 */
export async function credentialsHelper(data: IDataObject): Promise<ICredentialsHelper> {
	const type = new trustPager.TrustPagerApi();
	const { authenticate } = type;
	if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
	provideKey();
	const about = { id: '1', name: 'TrustPager' };
	const stored = new core.Credentials(about, type.name);
	await stored.setData(data as ICredentialDataDecryptedObject);

	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => type.properties,
		getDecrypted: async (...parameters: unknown[]) => {
			const copy = new core.Credentials(about, type.name, stored.data);
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
		) => await authenticate(credentials, options),
	} as unknown as ICredentialsHelper;
}

/** n8n's server keeps the keys that encrypt credentials in its database, wrapped; here is one without a database. */
function provideKey(): void {
	const value = Container.get(core.Cipher).encryptDEKWithInstanceKey('0'.repeat(64));
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
