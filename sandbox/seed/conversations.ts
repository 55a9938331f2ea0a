import older from './olderThreads.json';
import recent from './recentThreads.json';

export interface Conversation {
	subject: string;
	/** Index of the contact, or a sender who is not a contact. */
	from: number | { name: string; email: string };
	/** Index of the deal. */
	deal?: number;
	/** Hours between the last message and now. */
	hoursAgo: number;
	/** Oldest first; `>` marks an outbound message. */
	messages: string[];
	unread?: boolean;
	automated?: boolean;
	status?: string;
	attachment?: { name: string; mimeType: string; size: number };
}

/** The demo's threads, newest first. */
export const CONVERSATIONS: Conversation[] = [...recent, ...older];
