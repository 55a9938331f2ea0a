import { searchAliases } from './searchAliases';
import { newestThreads } from './newestThreads';
import { searchApprovals } from './searchApprovals';
import { searchConfigs } from './searchConfigs';
import { searchContacts } from './searchContacts';
import { searchCustomers } from './searchCustomers';
import { searchDeals } from './searchDeals';
import { searchScheduledEmails } from './searchScheduledEmails';
import { searchSenders } from './searchSenders';
import { searchStatuses } from './searchStatuses';
import { searchThreads } from './searchThreads';

/** The pickers of the node, by the names its resource locators use. */
export const listSearch = {
	searchAliases,
	searchApprovals,
	searchConfigs,
	searchContacts,
	searchCustomers,
	searchDeals,
	searchScheduledEmails,
	searchSenders,
	searchStatuses,
	searchThreads,
};

/** Those in which several can be ticked. */
export const loadOptions = { newestThreads };
