import { TrustPagerApi } from '../../credentials/TrustPagerApi.credentials';
import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { TrustPagerTrigger } from '../../nodes/TrustPager/TrustPagerTrigger.node';
import { surfaceOf, type Surface } from './surface';

/** The public interface of the sources as they are. */
export const surfaceNow = (): Surface =>
	surfaceOf(
		[new TrustPager().description, new TrustPagerTrigger().description],
		[new TrustPagerApi()],
	);
