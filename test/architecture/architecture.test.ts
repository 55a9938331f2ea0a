/**
 * The architecture, held by reading the code: which way imports go, how large files and folders get, and what may exist
 * in one place only. rules.test.ts shows that each rule notices what breaks it.
 */
import { STORES } from '../../nodes/TrustPager/transport/processMemory';
import { moduleStores, requestSenders, statusFiles } from './codeRules';
import {
	circles,
	crowdedFolders,
	folderOf,
	importsOutOfReach,
	impurePollImports,
	longFiles,
	outsideLayers,
	upwardImports,
} from './importRules';
import { filesOf, readSources } from './sources';

const product = readSources('nodes', 'credentials');
const sources = [...product, ...readSources('sandbox', 'lab')];

describe('imports', () => {
	test('every file of nodes/ belongs to a layer', () => {
		expect(outsideLayers(sources)).toEqual([]);
	});

	test('lead downwards, never up or sideways', () => {
		expect(upwardImports(sources)).toEqual([]);
	});

	test('keep the poll machine pure', () => {
		expect(impurePollImports(sources)).toEqual([]);
	});

	test('stay within what each top folder may use', () => {
		expect(importsOutOfReach(sources)).toEqual([]);
	});

	test('form no circle between files', () => {
		expect(circles(sources)).toEqual([]);
	});

	test('form no circle between folders of nodes/', () => {
		expect(circles(product, folderOf)).toEqual([]);
	});
});

describe('sizes', () => {
	test('no file has more than 200 lines', () => {
		expect(longFiles(sources, 200)).toEqual([]);
	});

	test('no test file has more than 400 lines', () => {
		expect(longFiles(readSources('test'), 400)).toEqual([]);
	});

	test('no folder has more than 20 files', () => {
		expect(crowdedFolders(['nodes', 'sandbox', 'lab'].flatMap(filesOf), 20)).toEqual([]);
	});
});

const TRANSPORT = 'nodes/TrustPager/transport';

describe('one place only', () => {
	test('HTTP requests are sent by one file, and those of the credential test by another', () => {
		expect(requestSenders(product).sort()).toEqual([
			// n8n tests a credential without a node, and so without the helper that the other file needs.
			`${TRANSPORT}/credentialTest/testRequest.ts`,
			`${TRANSPORT}/httpRequest.ts`,
		]);
	});

	test('the statuses of the retry rule are in the retry policy', () => {
		expect(statusFiles(product).sort()).toEqual([
			// What people read, and the hint for n8n's scheduler.
			`${TRANSPORT}/errorTexts.ts`,
			`${TRANSPORT}/errors.ts`,
			`${TRANSPORT}/retryPolicy.ts`,
			// Which refusals of a page end a poll.
			'nodes/TrustPager/trigger/fetchPage.ts',
		]);
	});

	test('whatever survives a run is in the list of stores, under its own name', () => {
		expect(moduleStores(product).sort()).toEqual(Object.keys(STORES).sort());
	});
});
