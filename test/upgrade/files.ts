import type { INodeExecutionData } from 'n8n-workflow';

const file = (text: string, mimeType: string, fileName: string) => ({
	data: Buffer.from(text).toString('base64'),
	mimeType,
	fileName,
});

/** An item with two files, as a node before gives it. */
export const FILES: INodeExecutionData[] = [
	{
		json: { email: 'ann@example.com' },
		binary: {
			quote: file('A quote', 'application/pdf', 'quote.pdf'),
			terms: file('Terms', 'text/plain', 'terms.txt'),
		},
	},
];
