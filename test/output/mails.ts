/** HTML as common mail programs and newsletter tools write it, and what a person reads in it. */
export const MAILS: Array<{ name: string; html: string; text: string }> = [
	{
		name: 'Outlook (Word)',
		html: `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15 (filtered medium)">
<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->
<style><!--
/* Font Definitions */
p.MsoNormal, li.MsoNormal { margin:0cm; font-size:11.0pt; }
--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--></head>
<body lang=EN-GB link="#0563C1" style='word-wrap:break-word'><div class=WordSection1>
<p class=MsoNormal>Hi Mia,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>the order <b>AB</b>12 isn&#8217;t
complete. We still wait&nbsp;for:<o:p></o:p></p>
<ul style='margin-top:0cm' type=disc><li class=MsoListParagraph style='margin-left:0cm'>two chairs<o:p></o:p></li><li
class=MsoListParagraph>one table<o:p></o:p></li></ul>
<table class=MsoTableGrid border=1><tr><td width=301 valign=top><p class=MsoNormal>Total<o:p></o:p></p></td>
<td width=301 valign=top><p class=MsoNormal>120&nbsp;&euro;<o:p></o:p></p></td></tr>
<tr><td><p class=MsoNormal>Paid<o:p></o:p></p></td><td><p class=MsoNormal>20&nbsp;&euro;<o:p></o:p></p></td></tr></table>
<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Mia Roe &lt;mia@example.com&gt; <br><b>Subject:</b> Order<o:p></o:p></p></div>
</div></body></html>`,
		text: 'Hi Mia,\n\nthe order AB12 isn’t complete. We still wait for:\n\n- two chairs\n- one table\n\nTotal\t120 €\nPaid\t20 €\n\nFrom: Mia Roe <mia@example.com>\nSubject: Order',
	},
	{
		name: 'Gmail with a quoted reply',
		html: '<div dir="ltr"><div>Sounds good &#128077;</div><div><br></div><div>Can you send it by <i>Fri</i>day?<br></div><div>--<br></div><div dir="ltr" class="gmail_signature">Bob</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 4 May 2026 at 10:00, Mia &lt;<a href="mailto:mia@example.com">mia@example.com</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid"><u></u><p>Here is the <wbr>offer.</p></blockquote></div>',
		text: 'Sounds good 👍\n\nCan you send it by Friday?\n--\nBob\n\nOn Mon, 4 May 2026 at 10:00, Mia <mia@example.com> wrote:\n\nHere is the offer.',
	},
	{
		name: 'a newsletter',
		html: `<!doctype html><html lang="en"><head><title>*|MC:SUBJECT|*</title><style type="text/css">@media only screen and (max-width:480px){.mcnTextContent>p{font-size:16px!important}}</style></head>
<body><!--*|IF:MC_PREVIEW_TEXT|*--><span class="mcnPreviewText" style="display:none; font-size:0px; max-height:0px; overflow:hidden; visibility:hidden;">Only this week&nbsp;&zwnj;&nbsp;&zwnj;&#847;</span><!--*|END:IF|*-->
<center><table width="100%"><tbody><tr><td align="center">
<!--[if (gte mso 9)|(IE)]><table width="600"><tr><td><![endif]-->
<table class="templateContainer"><tr><td><a href="https://example.com/home" target="_blank"><img alt="Example Shop" src="https://example.com/logo.png" width="120"></a></td></tr>
<tr><td class="mcnTextContent"><h2>Spring sale</h2>
<p>Everything is<br>
20&nbsp;% off.</p></td></tr>
<tr><td><table class="mcnButton"><tr><td><a href="https://example.com/sale">Shop&nbsp;now</a></td></tr></table></td></tr></table>
<!--[if (gte mso 9)|(IE)]></td></tr></table><![endif]--></td></tr></tbody></table></center>
<img src="https://example.com/open.gif" width="1" height="1" alt=""></body></html>`,
		text: 'Example Shop\n\nSpring sale\n\nEverything is\n20 % off.\n\nShop now',
	},
	{
		name: 'Apple Mail, Japanese',
		html: '<html><head><meta charset="utf-8"></head><body style="overflow-wrap: break-word;">山田様<div><br></div><div>ご注文<b>番号</b>は<font color="#ff0000">AB</font>12です。</div><div><br><blockquote type="cite"><div>2026/05/04 10:00、Mia のメール：</div><br class="Apple-interchange-newline"><div>はい</div></blockquote></div></body></html>',
		text: '山田様\n\nご注文番号はAB12です。\n\n2026/05/04 10:00、Mia のメール：\n\nはい',
	},
	{
		name: 'a receipt that the server cut',
		html: '<div>Thank you for your order.</div><table><thead><tr><th>Item</th><th>Price</th></tr></thead><tbody><tr><td>Tea</td><td>3.00</td></tr><tr><td>Milk</td><td style="font-family:&quot;Segoe U',
		text: 'Thank you for your order.\n\nItem\tPrice\nTea\t3.00\nMilk',
	},
];
