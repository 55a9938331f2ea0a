import type { NodeOperationError } from 'n8n-workflow';

/** A file that a person chose. */
export interface ChosenFile {
	/** The binary field that holds it. */
	field: string;
	/** What the field holds; n8n does not check it. */
	file: unknown;
}

/** The error for what was given as files. `what` continues after the parameter's name. */
export type Refuse = (what: string, description: string) => NodeOperationError;

/** What to do about something that is no file yet. */
export const CONVERT =
	"Create the file with a 'Convert to File' node and name its output field here.";

/** What to do about something that means no file, or more than one. */
export const BY_NAME = 'Give the names of the binary fields to attach, separated by commas.';
