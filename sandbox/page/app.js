import {
	answerForm,
	approvalCard,
	control,
	el,
	messageCard,
	sentCard,
	threadRow,
} from './cards.js';

const $ = (id) => document.getElementById(id);
let view = { threads: [], outbox: [], approvals: [], contacts: [] };
const EXAMPLE_TEXT = 'Hello,\n\nare you open on Saturday? I would like to see some samples.\n\nMia';
let tab = 'inbox';
let openId = null;

function open(id) {
	openId = id;
	draw();
}

let shownMails = '';

/** Frames load again when they are moved, so sent mail is drawn only when there is more of it. */
function isDrawn() {
	const mails = tab === 'sent' ? view.outbox.map(({ id }) => id).join() : '';
	const isSame = mails !== '' && mails === shownMails;
	shownMails = mails;
	return isSame;
}

function drawList() {
	if (isDrawn()) return;
	const cards = {
		inbox: () => view.threads.map((thread) => threadRow(thread, openId, open)),
		sent: () => view.outbox.map(sentCard),
		approvals: () => view.approvals.map(approvalCard),
	}[tab]();
	const empty = el('p', { className: 'soft', style: 'padding: 0 1rem' }, 'Nothing here yet.');
	const focused = document.activeElement?.dataset.id;
	$('list').replaceChildren(...(cards.length ? cards : [empty]));
	if (focused) document.querySelector('[data-id="' + focused + '"]')?.focus();
}

async function drawDetail() {
	const detail = $('detail');
	if (tab !== 'inbox' || openId === null) return detail.replaceChildren();
	const answer = await fetch('/__sandbox/view/' + openId);
	if (!answer.ok) return detail.replaceChildren(el('p', {}, 'This thread no longer exists.'));
	const { thread, messages, earlier } = await answer.json();
	if (thread.id !== openId) return;
	const atEnd = detail.scrollTop + detail.clientHeight > detail.scrollHeight - 80;
	const form = detail.dataset.id === thread.id ? $('answer') : null;
	const { contacts, deals, customers } = thread.linked_entities;
	const linked = [
		...contacts.map((one) => [one.first_name, one.last_name].filter(Boolean).join(' ')),
		...deals.map((one) => one.name),
		...customers.map((one) => one.name),
	];
	const facts = [thread.status, thread.is_read ? 'read' : 'unread', ...linked].join(' · ');
	const cards = el('div', {}, ...messages.map(messageCard));
	const head = el(
		'div',
		{},
		el('h2', {}, thread.subject),
		el('span', { className: 'soft' }, facts),
		earlier ? el('p', { className: 'soft' }, earlier + ' earlier messages') : null,
	);
	if (form) {
		// The form stays in place, so that a half-written reply survives new mail.
		detail.replaceChild(head, detail.children[0]);
		detail.replaceChild(cards, detail.children[1]);
	} else {
		detail.dataset.id = thread.id;
		detail.replaceChildren(head, cards, answerForm(thread));
	}
	if (atEnd || !form) detail.scrollTop = detail.scrollHeight;
}

function draw() {
	const pending = view.approvals.filter((one) => one.status === 'pending').length;
	const counts = { inbox: view.unread, sent: view.sent, approvals: pending };
	const names = { inbox: 'Inbox', sent: 'Sent', approvals: 'Approvals' };
	for (const button of document.querySelectorAll('[data-tab]')) {
		const name = button.dataset.tab;
		button.textContent = names[name] + (counts[name] ? ' (' + counts[name] + ')' : '');
		button.setAttribute('aria-selected', String(name === tab));
	}
	document.querySelector('main').className = tab === 'inbox' ? '' : 'single';
	drawList();
	drawDetail();
}

let loading = false;
let again = false;
async function load() {
	if (loading) return void (again = true);
	loading = true;
	try {
		view = await (await fetch('/__sandbox/view')).json();
		openId ??= view.threads[0]?.id ?? null;
		const options = view.contacts.map(({ name, email }) => el('option', { value: email }, name));
		$('contacts').replaceChildren(...options);
		$('state').textContent = '';
		draw();
	} finally {
		loading = false;
		if (again) {
			again = false;
			setTimeout(load, 100);
		}
	}
}

for (const button of document.querySelectorAll('[data-tab]')) {
	button.onclick = () => {
		tab = button.dataset.tab;
		draw();
	};
}
const form = $('new-mail');
const contactOf = (email) => view.contacts.find((contact) => contact.email === email);
form.fromEmail.onchange = () => {
	form.fromName.value ||= contactOf(form.fromEmail.value)?.name ?? '';
};
form.onsubmit = async (event) => {
	event.preventDefault();
	const mail = Object.fromEntries(new FormData(form));
	const received = await control('receive', { ...mail, contactId: contactOf(mail.fromEmail)?.id });
	if (received === undefined) return;
	$('compose').close();
	tab = 'inbox';
	openId = received.thread.id;
	await load();
};
/** What a visitor might write, so that one click sends it; all of it can be changed. */
$('write').onclick = () => {
	form.reset();
	form.text.value = EXAMPLE_TEXT;
	$('compose').showModal();
	form.subject.select();
};
$('cancel').onclick = () => $('compose').close();

const events = new EventSource('/__sandbox/events');
events.onmessage = load;
events.onerror = () => ($('state').textContent = 'The sandbox is not running.');
