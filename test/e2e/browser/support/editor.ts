import type { Session, WorkflowJson } from '../../../../lab/n8n';
import { connectN8n } from '../../../../lab/n8n';
import type { Browser, Context, Locator, Page } from './playwright';

/** n8n's first load of the editor takes long on a busy machine. Nothing waits longer than needed. */
const TIMEOUT_MS = 90_000;

/** Wide enough for the three panes of an opened node. */
export const VIEWPORT = { width: 1200, height: 750 };

/** n8n's editor with a logged-in user. Waits for elements, never for a fixed time. */
export class Editor {
	private constructor(
		private readonly session: Session,
		private readonly context: Context,
		readonly page: Page,
	) {}

	/** `look`: the viewport and the scale of screenshots, if they matter. */
	static async open(
		browser: Browser,
		session: Session,
		theme: 'light' | 'dark' = 'light',
		look: { viewport?: typeof VIEWPORT; deviceScaleFactor?: number } = {},
	): Promise<Editor> {
		const context = await browser.newContext({
			viewport: VIEWPORT,
			colorScheme: theme,
			reducedMotion: 'reduce',
			...look,
		});
		const [name, value] = session.cookie.split('=');
		await context.addCookies([{ name, value, url: session.url }]);
		// n8n ties a login to its browser by this ID.
		await context.addInitScript({
			content: `localStorage.setItem('n8n-browserId', 'lab');`,
		});
		const page = await context.newPage();
		page.setDefaultTimeout(TIMEOUT_MS);
		return new Editor(session, context, page);
	}

	async close(): Promise<void> {
		await this.context.close();
	}

	/** An element by n8n's own test ID, which is more stable than texts and styles. */
	byId(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	/** Opens a page of n8n by its path. */
	async goto(path: string): Promise<void> {
		await this.page.goto(this.session.url + path);
	}

	/** Stores a workflow and shows it. @returns its id */
	async show(workflow: WorkflowJson): Promise<string> {
		const { id } = await connectN8n(this.session).createWorkflow(workflow);
		await this.page.goto(`${this.session.url}/workflow/${id}`);
		const nodes = workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
		await this.node(nodes[0].name).waitFor();
		return id;
	}

	/** Clicks the canvas's button, which runs the workflow from the trigger that n8n chooses, and waits for its success. */
	async executeWorkflow(): Promise<void> {
		await this.byId('execute-workflow-button').click();
		await this.page.getByText('Workflow executed successfully').waitFor();
	}

	/** The notes on the canvas: their heading, and how high they and their text are. */
	async notes(): Promise<Array<{ heading: string; height: number; textHeight: number }>> {
		await this.byId('sticky').first().waitFor();
		return (await this.page.evaluate(`
			[...document.querySelectorAll('[data-test-id="sticky"]')].map((note) => {
				const texts = [...note.querySelectorAll('h2, p, li')];
				let element = texts[texts.length - 1];
				let textHeight = element.offsetHeight;
				for (; element !== null && element !== note; element = element.offsetParent)
					textHeight += element.offsetTop;
				return { heading: texts[0].textContent, height: note.offsetHeight, textHeight };
			})`)) as Array<{ heading: string; height: number; textHeight: number }>;
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.byId('ndv').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.byId('ndv-close-button').click();
		await this.byId('ndv').waitFor({ state: 'hidden' });
	}

	/** Opens an empty workflow and searches the node panel for its first step. @returns the entries found */
	async searchFirstStep(text: string): Promise<Locator> {
		await this.goto('/workflow/new');
		await this.byId('canvas-add-button').click();
		return await this.search(text);
	}

	/** Searches the node panel. @returns the entries found */
	async searchNodes(text: string): Promise<Locator> {
		await this.byId('node-creator-plus-button').click();
		return await this.search(text);
	}

	private async search(text: string): Promise<Locator> {
		await this.byId('node-creator-search-bar').fill(text);
		const found = this.byId('item-iterator-item').filter({ hasText: 'TrustPager' });
		await found.first().waitFor();
		return found;
	}

	/** Searches the node panel for something that must not be found. Throws when it is. */
	async searchInVain(text: string): Promise<void> {
		await this.byId('node-creator-plus-button').click();
		await this.byId('node-creator-search-bar').fill(text);
		await this.byId('node-creator-no-results').waitFor();
	}

	/** A parameter of the opened node, by its name. */
	parameter(name: string): Locator {
		return this.byId(`parameter-input-${name}`).last();
	}

	/** Types into a text parameter. */
	async fill(name: string, text: string): Promise<void> {
		await this.parameter(name).locator('input, textarea').first().fill(text);
	}

	/** Opens the list of a resource locator and types into its search. @returns the entries found */
	async searchList(name: string, text: string): Promise<Locator> {
		await this.byId(`resource-locator-${name}`).last().locator('input').last().click();
		await this.byId('rlc-search').filter({ visible: true }).fill(text);
		const items = this.byId('rlc-item').filter({ visible: true });
		await items
			.filter({ hasText: new RegExp(text, 'i') })
			.first()
			.waitFor();
		return items;
	}

	/** Runs the opened node. n8n applies typed values after a moment; until then it treats them as missing. */
	async executeStep(): Promise<void> {
		await this.byId('parameter-issues').first().waitFor({ state: 'hidden' });
		await this.byId('node-execute-button').click();
	}

	/** Switches the output of the opened node from a table to JSON. */
	async showJson(): Promise<void> {
		await this.output
			.locator('[data-test-id="ndv-run-data-display-mode"]')
			.getByText('JSON')
			.click();
		await this.output.locator('.json-data').first().waitFor();
	}

	/** Closes the notification that n8n shows after a run, unless it has closed by itself already. */
	async dismissToast(): Promise<void> {
		await this.page.evaluate(
			`for (const button of document.querySelectorAll('.el-notification__closeBtn')) button.click();`,
		);
		await this.page.locator('.el-notification').first().waitFor({ state: 'hidden' });
	}

	/** What comes into the opened node, or will. */
	get input(): Locator {
		return this.byId('ndv-input-panel');
	}

	/** The output of the opened node. */
	get output(): Locator {
		return this.byId('output-panel');
	}
}
