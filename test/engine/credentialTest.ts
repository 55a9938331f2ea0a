// Sets the environment before n8n-core is loaded.
import { additionalData } from './engine';

import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';

import { TrustPagerApi } from '../../credentials/TrustPagerApi.credentials';
import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { TrustPagerTrigger } from '../../nodes/TrustPager/TrustPagerTrigger.node';

const type = new TrustPagerApi();
/** n8n takes the test of the first node that has one; which node is loaded first is not defined. */
export const NODES: Record<string, INodeType> = {
	TrustPager: new TrustPager(),
	TrustPagerTrigger: new TrustPagerTrigger(),
};

/**
 * Does what n8n's server does when a credential is saved or tested (its CredentialsTester): the credential's own request
 * comes first; without one, the function that a node names in `testedBy` is called with n8n-core's own context.
 */
export async function testCredential(
	data: ICredentialDataDecryptedObject,
	nodeType: INodeType = NODES.TrustPager,
): Promise<INodeCredentialTestResult> {
	if ('test' in type) throw new Error('n8n would use the request of the credential');
	const [{ testedBy }] = (nodeType.description.credentials ?? []).filter(
		({ name }) => name === type.name,
	);
	const test = nodeType.methods?.credentialTest?.[String(testedBy)];
	if (test === undefined) throw new Error('n8n finds no test for the credential');
	// Before 2.41 the context takes no arguments.
	const context = Reflect.construct(CredentialTestContext, [
		additionalData(data),
	]) as ICredentialTestFunctions;
	return await test.call(context, { id: '1', name: 'TrustPager', type: type.name, data });
}
