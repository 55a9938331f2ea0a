/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

import { redact } from '../../nodes/TrustPager/transport/redact';
import { version } from '../../package.json';
import type { Answer, Answers } from './answers';
import { get } from './client';
import { findingsOf } from './findings';
import { outcomeOf } from './observe/access';
import { pathOf, QUESTIONS, type Question } from './questions';
import { HEADING, markdownText, terminalText } from './report';
import { HELP, readSettings, UsageError, type Environment, type Settings } from './settings';

/** One request per second: 60 in a minute are documented as allowed, and others may use the key too. */
const PACE_MS = 1000;

export interface Surroundings {
	environment: Environment;
	print: (text: string) => void;
	/** Between two requests; only tests change it. */
	paceMs?: number;
}

/** The whole command. @returns the exit code: 0 copes, 1 does not, 2 could not be asked */
export async function runContract(args: string[], surroundings: Surroundings): Promise<number> {
	let secrets: string[] = [];
	const print = (text: string) => surroundings.print(redact(text, secrets, Infinity));
	try {
		const settings = await readSettings(args, surroundings.environment);
		({ secrets } = settings.credential);
		if (settings.isHelp) {
			print(HELP);
			return 0;
		}
		return await check(settings, print, surroundings.paceMs ?? PACE_MS);
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		print(error.message);
		return 2;
	}
}

async function check(
	settings: Settings,
	print: (text: string) => void,
	paceMs: number,
): Promise<number> {
	const { file, credential } = settings;
	refuseForeignFile(file);
	const seconds = Math.ceil((QUESTIONS.length * paceMs) / 1000);
	print(`These ${QUESTIONS.length} requests are sent, in about ${seconds} s, and no others:\n`);
	for (const question of QUESTIONS) print(`  GET ${pathOf(question)}`);
	print('');

	const answers = await ask(settings, paceMs);
	const findings = await findingsOf(credential.baseUrl, QUESTIONS, answers);
	for (const { path, outcome } of findings.asked) {
		if (outcome.startsWith('skipped')) print(`${outcome}: GET ${path}`);
	}
	const end = [...answers.values()].find(isEnd);
	if (end !== undefined) throw new UsageError(whyEnded(end));

	print(`\n${terminalText(findings)}`);
	const versions = `package ${version}, Node ${process.version}`;
	writeFileSync(file, redact(markdownText(findings, versions), credential.secrets, Infinity));
	print(`\nWritten to ${file}. It can be attached to an issue as it is.`);
	if (findings.problems.length > 0) return 1;
	return findings.unanswered.length > 0 ? 2 : 0;
}

/** @throws UsageError when the file is there and is not one of this command's */
function refuseForeignFile(file: string): void {
	if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(HEADING)) {
		throw new UsageError(`${file} is not a file of this command, so it is not overwritten.`);
	}
}

/** Asks one question after another, and stops at an answer after which no other can be a useful one. */
async function ask(settings: Settings, paceMs: number): Promise<Answers> {
	const answers = new Map<string, Answer>();
	for (const question of QUESTIONS) {
		const values = valuesOf(question, answers);
		if (values === undefined) continue;
		if (answers.size > 0) await wait(paceMs);
		const answer = await get(settings, pathOf(question, values));
		answers.set(question.name, answer);
		if (isEnd(answer)) break;
	}
	return answers;
}

function valuesOf({ fill }: Question, answers: Answers): Record<string, string> | undefined {
	return fill ? fill(answers) : {};
}

function isEnd(answer: Answer): boolean {
	const isSpent = /PLAN_REQUIRED|INSUFFICIENT_CREDITS/.test(outcomeOf(answer));
	return [0, 401, 402, 429].includes(answer.status) || isSpent;
}

function whyEnded(answer: Answer): string {
	const outcome = outcomeOf(answer);
	const advice: Record<number, string> = {
		0: 'Check TRUSTPAGER_BASE_URL and the network of this machine.',
		401: 'TrustPager does not accept TRUSTPAGER_API_KEY.',
		429: 'The rate limit of the key is used up: try again in a few minutes.',
	};
	return `Stopped (${outcome}). ${advice[answer.status] ?? "The workspace's plan or credits do not allow it."}`;
}
