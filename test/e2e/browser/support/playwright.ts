/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * The part of Playwright's interface that is used here. Playwright is installed in lab/node_modules; without the lab its
 * types would be missing, and the type check would fail.
 */
export interface Locator {
	click(): Promise<void>;
	dblclick(): Promise<void>;
	hover(): Promise<void>;
	fill(text: string): Promise<void>;
	press(key: string): Promise<void>;
	waitFor(options?: { state: 'visible' | 'hidden' }): Promise<void>;
	innerText(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	inputValue(): Promise<string>;
	getAttribute(name: string): Promise<string | null>;
	first(): Locator;
	last(): Locator;
	locator(selector: string): Locator;
	frameLocator(selector: string): Pick<Locator, 'locator'>;
	getByText(text: string | RegExp, options?: { exact: boolean }): Locator;
	filter(options: { hasText?: string | RegExp; visible?: boolean }): Locator;
}

export interface Page {
	goto(url: string): Promise<unknown>;
	setContent(html: string): Promise<void>;
	/** Runs a script in the page, whatever its Content-Security-Policy. */
	evaluate<Result = unknown>(script: string): Promise<Result>;
	on(event: 'request', listener: (request: { url(): string }) => void): void;
	context(): Context;
	locator(selector: string): Locator;
	getByText(text: string | RegExp, options?: { exact: boolean }): Locator;
	screenshot(options?: {
		path?: string;
		animations?: 'disabled';
		fullPage?: boolean;
	}): Promise<Uint8Array>;
	setDefaultTimeout(ms: number): void;
}

export interface Context {
	newPage(): Promise<Page>;
	addCookies(cookies: Array<{ name: string; value: string; url: string }>): Promise<void>;
	addInitScript(script: { content: string }): Promise<void>;
	close(): Promise<void>;
}

export interface Browser {
	newContext(options: {
		viewport: { width: number; height: number };
		/** Pixels of a screenshot for each pixel of the page. */
		deviceScaleFactor?: number;
		colorScheme?: 'light' | 'dark';
		reducedMotion?: 'reduce';
		javaScriptEnabled?: boolean;
	}): Promise<Context>;
	close(): Promise<void>;
}

interface Playwright {
	chromium: { launch(options: { executablePath: string; args: string[] }): Promise<Browser> };
}

const LAB = join(__dirname, '..', '..', '..', '..', 'lab');

/** Disables Chromium's background activity, and its sandbox, which does not work as root. */
const QUIET = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// n8n's editor sends requests to the internet; none of them are needed.
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Starts the Chromium that `npm run test:e2e` found or installed. Throws when there is none. */
export async function launchChromium(): Promise<Browser> {
	const { chromium } = createRequire(join(LAB, 'package.json'))('playwright-core') as Playwright;
	return await chromium.launch({ executablePath: chromiumPath(), args: QUIET });
}

/** Calls the lab's own search for Chromium, in a process of its own because Jest cannot load ES modules. */
function chromiumPath(): string {
	const script =
		"import { findChromium } from './setup/chromium.mjs'; process.stdout.write(findChromium() ?? '')";
	const path = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
		cwd: LAB,
		encoding: 'utf8',
	});
	if (path === '') throw new Error('There is no Chromium. Run: npm run test:e2e');
	return path;
}
