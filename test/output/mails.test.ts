import { textOfHtml } from '../../nodes/TrustPager/output/htmlText';
import { MAILS } from './mails';

/** A reference that is cut is another one, or none: `&#82` of `&#8217;` is an R. */
const IN_REFERENCE = /&[#\w]*$/;

it.each(MAILS)('$name reads as in a browser', ({ html, text }) => {
	expect(textOfHtml(html)).toBe(text);
});

it.each(MAILS)('$name, cut anywhere, shows the beginning of its words', ({ html, text }) => {
	const whole = text.split(/\s+/);
	for (let end = 0; end < html.length; end++) {
		const cut = html.slice(0, end);
		if (IN_REFERENCE.test(cut)) continue;
		const words = textOfHtml(cut).split(/\s+/);
		const last = words.pop() ?? '';
		expect(words).toEqual(whole.slice(0, words.length));
		expect(whole[words.length]?.startsWith(last) ?? last === '').toBe(true);
	}
});
