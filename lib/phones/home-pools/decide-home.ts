import { hostKey } from "#foundation/core/host-name";
import { domainOf } from "#phones/home-pools/sip-address";

type HomePool = {
  readonly id: string;
  readonly sipDomains: readonly string[];
};

type HomeQuestion<Pool> = {
  readonly sipAddress: string;
  /** The pool that an administrator assigned to the user; null if there is none. */
  readonly assignedPoolId: string | null;
  readonly pools: readonly Pool[];
  readonly defaultPool: Pool | null;
};

/**
 * A user's home pool: the assigned pool, else the pool of the SIP domain, else the default pool. A domain that several
 * pools name is ignored. Null only if there is no pool at all.
 */
export function decideHome<Pool extends HomePool>({
  sipAddress,
  assignedPoolId,
  pools,
  defaultPool,
}: HomeQuestion<Pool>): Pool | null {
  const assigned = pools.find(({ id }) => id === assignedPoolId);
  if (assigned !== undefined) {
    return assigned;
  }
  const domain = domainOf(sipAddress);
  const [first, ...others] = pools.filter(({ sipDomains }) =>
    sipDomains.some((name) => hostKey(name) === domain),
  );
  return first !== undefined && others.length === 0 ? first : defaultPool;
}
