/** The names that deals and customers have had since 2026-05-13, by the older ones. */
export const NEW_NAMES: Record<string, string> = {
	deal_id: 'opportunity_id',
	customer_id: 'company_id',
};

const OLD_NAMES = Object.fromEntries(Object.entries(NEW_NAMES).map(([old, now]) => [now, old]));

/** The values under their older names; only those that `isKept` keeps by the name they came under. */
export function canonicalIds(
	values: Record<string, unknown>,
	isKept: (name: string) => boolean = () => true,
): Record<string, unknown> {
	const kept = Object.entries(values).filter(([name]) => isKept(name));
	return Object.fromEntries(kept.map(([name, value]) => [OLD_NAMES[name] ?? name, value]));
}
