// Text is only ever inserted as text: anyone can send an email.
export function el(tag, props, ...children) {
	const node = Object.assign(document.createElement(tag), props);
	node.append(
		...children.filter((child) => child !== null && child !== undefined && child !== false),
	);
	return node;
}
const when = (iso) => {
	const date = new Date(iso);
	if (!iso || isNaN(date)) return el('span', { className: 'soft' }, iso || 'no date');
	const options = { dateStyle: 'medium', timeStyle: 'short' };
	const text = date.toLocaleString(undefined, options);
	return el('time', { className: 'soft', dateTime: iso }, text);
};

/** Calls a control method; shows the error text, if any. Resolves with the method's result. */
export async function control(method, ...args) {
	const answer = await fetch('/__sandbox/control/' + method, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(args),
	});
	const { error, result } = await answer.json();
	document.getElementById('state').textContent = error ?? '';
	return result;
}

export function threadRow(thread, openId, open) {
	const [who] = thread.participants;
	const node = el(
		'button',
		{ className: 'row' + (thread.is_read ? '' : ' unread') },
		el(
			'span',
			{ className: 'top' },
			el('span', { className: 'who cut' }, who ? who.name : 'Nobody'),
			when(thread.last_message_at),
		),
		el('span', { className: 'subject cut' }, thread.subject),
		el('span', { className: 'soft cut' }, thread.last_message_preview),
	);
	node.setAttribute('aria-current', String(thread.id === openId));
	node.dataset.id = thread.id;
	node.onclick = () => open(thread.id);
	return node;
}

/** An address that is not broken into lines, but cut if it is longer than one. */
const address = (text) => el('span', { className: 'address', title: text }, text);

const mailCard = (ours, head, date, text, ...rest) =>
	el(
		'article',
		{ className: 'mail' + (ours ? ' ours' : '') },
		el(
			'div',
			{ className: 'top' },
			el('strong', { className: 'head' }, ...[head].flat()),
			when(date),
		),
		text !== null && el('p', {}, text),
		...rest,
	);

export function messageCard(message) {
	const ours = message.direction === 'outbound';
	const head = ours
		? [address(message.sender_email), ' to ', address(message.recipient_email)]
		: [message.from_name + ' ', address('<' + message.from_email + '>')];
	const files = ours
		? [message.attachment_filename].filter(Boolean)
		: message.attachments.map((file) => file.name);
	const note = files.length ? 'Attached: ' + files.join(', ') : '';
	return mailCard(
		ours,
		head,
		message.created_at,
		message.text,
		el('span', { className: 'soft' }, note),
	);
}

/** An email's HTML as its recipient sees it. The frame may not run scripts; the server allows it styles only. */
function mailFrame(mail) {
	const frame = el('iframe', { className: 'html', title: 'Content of ' + mail.subject });
	frame.setAttribute('sandbox', 'allow-same-origin');
	frame.onload = () => {
		// A frame does not grow with its content.
		frame.style.height = frame.contentDocument.documentElement.scrollHeight + 'px';
	};
	frame.src = '/__sandbox/mail/' + encodeURIComponent(mail.id);
	return frame;
}

export function sentCard(mail) {
	const files = mail.attachments.map((file) => file.filename).join(', ');
	const copies = [mail.cc && ' · cc ' + mail.cc, mail.bcc && ' · bcc ' + mail.bcc];
	const facts = [address(mail.from), ' to ', address(mail.to), ...copies, files && ' · ' + files];
	return mailCard(
		true,
		mail.subject,
		mail.at,
		null,
		mailFrame(mail),
		el('span', { className: 'soft' }, ...facts.filter(Boolean)),
		mail.log && el('span', { className: 'status' }, mail.log.status),
		mail.log &&
			mail.log.status !== 'bounced' &&
			el(
				'div',
				{ className: 'buttons' },
				el(
					'button',
					{ onclick: () => control('setLogStatus', mail.log.id, 'bounced') },
					'Let It Bounce',
				),
			),
	);
}

export function approvalCard(approval) {
	const body = approval.request_body || {};
	const decide = (decision) => () => control('decideApproval', approval.id, decision);
	const isOpen = approval.status === 'pending';
	return mailCard(
		false,
		body.subject || approval.method + ' ' + approval.path,
		approval.created_at,
		'To ' + (body.to_email || approval.path),
		el('span', { className: 'status' }, approval.status),
		isOpen &&
			el(
				'div',
				{ className: 'buttons' },
				el('button', { className: 'main', onclick: decide('approved') }, 'Approve'),
				el('button', { onclick: decide('rejected') }, 'Reject'),
			),
	);
}

export function answerForm(thread) {
	const [who] = thread.participants;
	const text = el('textarea', { name: 'text', rows: 3, required: true });
	const label = 'Write to this thread as ' + (who ? who.name : 'a visitor');
	const form = el(
		'form',
		{ id: 'answer' },
		el('label', {}, label, text),
		el('div', {}, el('button', { className: 'main' }, 'Send to Inbox')),
	);
	form.onsubmit = (event) => {
		event.preventDefault();
		void control('receive', { threadId: thread.id, text: text.value });
		text.value = '';
	};
	return form;
}
