import type { Editor } from './editor';
import type { Locator } from './playwright';

const CARD = 'community-package-card';
const CONFIRM = 'communityPackageManageConfirm-modal';

/** Settings › Community nodes, as n8n's owner uses it. */
export class CommunityNodes {
	constructor(
		private readonly editor: Editor,
		private readonly packageName: string,
	) {}

	/** The package in the list. While n8n loads the list, it shows a card without a name. */
	get card(): Locator {
		return this.editor.byId(CARD).filter({ hasText: this.packageName });
	}

	/** Loads the list again, so that n8n checks for newer versions. */
	async open(): Promise<void> {
		await this.editor.goto('/settings/community-nodes');
		await this.editor.page.getByText('Community nodes').last().waitFor();
	}

	/** Waits for what n8n shows instead of the list when nothing is installed. */
	async waitUntilEmpty(): Promise<void> {
		await this.editor.byId('empty-state').waitFor();
	}

	/** Installs the package by its name, through the dialog. Returns when it is listed. */
	async install(): Promise<void> {
		await this.editor.page.getByText('Install a community node').first().click();
		const dialog = this.editor.byId('communityPackageInstall-modal');
		await dialog.locator('input[type="text"]').fill(this.packageName);
		await this.editor.byId('user-agreement-checkbox').click();
		await this.editor.byId('install-community-package-button').click();
		await dialog.waitFor({ state: 'hidden' });
		await this.card.waitFor();
	}

	/** Clicks Update, which n8n shows if there is a newer version, and confirms. */
	async update(): Promise<void> {
		await this.card.getByText('Update').click();
		await this.confirm('Confirm update');
	}

	/** Chooses Uninstall in the package's menu, and confirms when the dialog names the workflow that uses the package. */
	async uninstall(usedIn: string): Promise<void> {
		await this.card.locator('[data-test-id="action-toggle"] button').click();
		await this.editor.byId('action-uninstall').click();
		await this.editor.byId(CONFIRM).getByText(usedIn).waitFor();
		await this.confirm('Confirm uninstall');
	}

	private async confirm(button: string): Promise<void> {
		const dialog = this.editor.byId(CONFIRM);
		await dialog.getByText(button).click();
		await dialog.waitFor({ state: 'hidden' });
	}
}
