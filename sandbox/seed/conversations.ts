import conversations from './threads.json';

export interface Conversation {
	subject: string;
	/** Index of the contact, or who else writes. */
	from: number | { name: string; email: string };
	/** Index of the deal. */
	deal?: number;
	/** Hours from the last mail to now. */
	hoursAgo: number;
	/** Oldest first; `>` marks our own mail. */
	mails: string[];
	unread?: boolean;
	automated?: boolean;
	status?: string;
	attachment?: { name: string; mimeType: string; size: number };
}

/** The demo's mail, newest first. */
export const CONVERSATIONS: Conversation[] = conversations;
