/**
 * Whether a credential may go to the host of an address, by n8n's rules for 'Allowed Domains': whole hosts, or `*.` and a
 * domain for its subdomains. n8n has the check itself only where it sends the request for a node.
 * @param domains comma-separated; undefined allows all
 */
export function isHostAllowed(url: string, domains: string | undefined): boolean {
	if (domains === undefined) return true;
	const host = withoutDot(new URL(url).hostname.toLowerCase());
	return domains
		.split(',')
		.map((domain) => withoutDot(domain.trim().toLowerCase()))
		.some((domain) =>
			domain.startsWith('*.') && domain.length > 2
				? host.endsWith(domain.slice(1))
				: host === domain,
		);
}

const withoutDot = (host: string) => host.replace(/\.$/, '');
