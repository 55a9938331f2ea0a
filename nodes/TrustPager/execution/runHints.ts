import type { IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import type { Item } from '../parameters/item';
import { isFew } from '../transport/credits';
import { textOf } from '../values';
import { counted, isOrAre, part, wasOrWere } from './counted';
import { RunUsage } from './runUsage';

/** A shorter wait is nothing that anybody would look into. */
const MIN_WAIT_MS = 1_000;
const UNSUBSCRIBED = /unsubscri|opt(ed)?[\s_-]?out/i;
const MAX_REASON_LENGTH = 60;

type Hint = Pick<NodeExecutionHint, 'message' | 'type'>;

/** What a person would want to know after a run without opening each item: once, and short. */
export class RunHints {
	readonly usage = new RunUsage();

	private readonly itemsWithout = new Map<string, number>();

	private readonly notes = new Set<string>();

	private readonly ignoredFilters = new Map<string, number>();

	private readonly outcomes = new Map<string, number>();

	/** How many emails were suppressed, by the server's reason; '' when it gives none. */
	private readonly suppressed = new Map<string, number>();

	private items = 0;

	private failed = 0;

	private sendsEmail = false;

	/** What is to be said of an item that has succeeded. @param rows its output */
	addFrom({ leftOut, notes, ignoredFilters, sendsEmail }: Item, rows: IDataObject[]): void {
		this.items++;
		this.sendsEmail ||= sendsEmail;
		for (const { outcome, reason } of rows) {
			add(this.outcomes, String(outcome ?? ''));
			if (outcome === 'suppressed') add(this.suppressed, reasonOf(reason));
		}
		for (const option of leftOut) add(this.itemsWithout, option);
		for (const note of notes) this.notes.add(note);
		for (const [filter, count] of ignoredFilters) add(this.ignoredFilters, filter, count);
	}

	/** An item has failed, and the run went on. */
	addFailure(): void {
		this.items++;
		this.failed++;
	}

	/** In n8n's output panel; n8n before 2.x has no such hints. */
	show(context: IExecuteFunctions): void {
		const hints = [...this.warnings(), ...this.news()].map(
			(hint): NodeExecutionHint => ({
				...hint,
				location: 'outputPane',
			}),
		);
		if (hints.length > 0 && 'addExecutionHints' in context) context.addExecutionHints(...hints);
	}

	private warnings(): Hint[] {
		const { creditsLeft } = this.usage;
		const messages = [
			this.failed > 0 &&
				`${part(this.failed, this.items, 'item')} failed: see 'error' in the output.`,
			...[...this.suppressed].map(
				([reason, count]) =>
					`${counted(count, 'recipient')} ${isOrAre(count)} ${reason} and got no email.`,
			),
			this.saidOf(
				'sentNotLogged',
				(count) =>
					`${counted(count, 'email')} ${wasOrWere(count)} sent, but TrustPager has no record of ${count === 1 ? 'it' : 'them'}.`,
			),
			creditsLeft !== undefined &&
				isFew(creditsLeft) &&
				`${counted(creditsLeft, 'TrustPager credit')} left: top up under Settings › Billing.`,
		];
		return asHints('warning', messages);
	}

	private news(): Hint[] {
		const { waitedMs } = this.usage;
		const messages = [
			this.saidOf('queuedForApproval', (count) => {
				const waiting = part(count, this.items, this.sendsEmail ? 'email' : 'request');
				return `${waiting} ${count === 1 ? 'waits' : 'wait'} for approval in TrustPager.`;
			}),
			this.saidOf(
				'alreadySent',
				(count) =>
					`${counted(count, 'email')} had been sent before with the same 'Idempotency Key': nothing was sent again.`,
			),
			...[...this.itemsWithout].map(
				([option, items]) =>
					`${counted(items, 'item')} went without '${option}': its expression gave nothing${items === 1 ? '' : ' for them'}.`,
			),
			...this.notes,
			...[...this.ignoredFilters].map(
				([filter, count]) =>
					`TrustPager ignored the filter '${filter}'; ${counted(count, 'row')} that ${count === 1 ? 'does' : 'do'} not match ${wasOrWere(count)} left out.`,
			),
			waitedMs >= MIN_WAIT_MS &&
				`Waited ${Math.round(waitedMs / 1_000)} s for the rate limit of the API key.`,
		];
		return asHints('info', messages);
	}

	private saidOf(outcome: string, say: (count: number) => string): string | undefined {
		const count = this.outcomes.get(outcome);
		return count === undefined ? undefined : say(count);
	}
}

function asHints(type: Hint['type'], messages: Array<string | false | undefined>): Hint[] {
	return messages.flatMap((message) => (message ? [{ message, type }] : []));
}

function add(counts: Map<string, number>, name: string, count = 1): void {
	counts.set(name, (counts.get(name) ?? 0) + count);
}

/** What a suppressed recipient is. API: a code such as `email_unsubscribed`, or words; both are the server's, and n8n shows HTML. */
function reasonOf(reason: unknown): string {
	const text = textOf(reason) ?? '';
	if (UNSUBSCRIBED.test(text)) return 'unsubscribed';
	const words = text.replace(/[<>&]/g, '').replaceAll('_', ' ').slice(0, MAX_REASON_LENGTH);
	return words === '' ? 'suppressed' : `suppressed (${words})`;
}
