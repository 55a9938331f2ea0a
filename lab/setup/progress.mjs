/** Progress in the terminal. Uses nothing but Node's own modules: it runs before anything is installed. */

/** How often a step reports in a log, and on a terminal, where its line is rewritten. */
const LOG_INTERVAL_MS = 15_000;
const TERMINAL_INTERVAL_MS = 1000;

/** A failure that its message explains: printed without a stack. */
export class StepError extends Error {}

/** Seconds as "7 s", "45 s" or "2 min 05 s". */
export function duration(seconds) {
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** A typical duration, given in seconds, as "about 45 s" or "about 2 min". */
const typical = (seconds) =>
	seconds < 60 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} min`;

/** How far a step is: "45 s of about 2 min: 1,240 of 2,107 packages". */
export function status({ typicalSeconds, detail }, seconds) {
	const elapsed = duration(seconds);
	const text = detail?.();
	return [
		elapsed,
		typicalSeconds === undefined
			? ''
			: seconds <= typicalSeconds
				? ` of ${typical(typicalSeconds)}`
				: `, usually ${typical(typicalSeconds)}`,
		text ? `: ${text}` : '',
	].join('');
}

/** Shows the status of a running step until the function that it returns is called, with the outcome for its last line. */
function show(label, step, start) {
	const { isTTY, columns } = process.stdout;
	const line = () => `${label} … ${status(step, (Date.now() - start) / 1000)}`;
	const rewrite = (text) => process.stdout.write(`\r\u001b[K${text.slice(0, (columns || 80) - 1)}`);
	const { typicalSeconds } = step;
	if (!isTTY) console.log(`${label}${typicalSeconds ? `, ${typical(typicalSeconds)}` : ''} …`);
	const timer = setInterval(
		() => (isTTY ? rewrite(line()) : console.log(line())),
		isTTY ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS,
	);
	if (isTTY) rewrite(line());
	return (outcome) => {
		clearInterval(timer);
		if (isTTY) rewrite('');
		console.log(`${label}: ${outcome}`);
	};
}

/**
 * Runs steps one after another: { title, typicalSeconds?, isDone?(), run(), detail?() }. While run() is pending, it shows
 * the elapsed time, the typical one and detail(), a text that may be empty; run() may return a note for the step's last
 * line. Throws what the failing step throws; with onFailure: 'continue' it prints that and goes on. Steps of several
 * calls are numbered as one list, with the number of those `before` and of all.
 * @returns the titles of the failed steps
 */
export async function runSteps(steps, options = {}) {
	const { onFailure = 'throw', before = 0, of = before + steps.length } = options;
	const failed = [];
	for (const [index, step] of steps.entries()) {
		const label = `[${before + index + 1}/${of}] ${step.title}`;
		if (step.isDone?.()) {
			console.log(`${label}: already done`);
			continue;
		}
		const start = Date.now();
		const end = show(label, step, start);
		const elapsed = () => duration((Date.now() - start) / 1000);
		try {
			const note = await step.run();
			end(`done in ${elapsed()}${note ? ` (${note})` : ''}`);
		} catch (error) {
			end(`FAILED after ${elapsed()}`);
			if (onFailure === 'throw') throw error;
			console.log(error instanceof StepError ? error.message : error.stack);
			failed.push(step.title);
		}
	}
	return failed;
}
