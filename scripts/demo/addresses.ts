import type { PlannedPool } from "./plan.ts";
import { POOLS } from "./plan.ts";

/** A network of each site has 524,288 addresses: eight blocks of 65,536. */
const SITE_PREFIX_BITS = 13;
const BLOCK = 8;

/** The phones of the flood have one address. */
export const FLOOD_ADDRESS = "10.1.250.7";

/** The network in which the phones of a pool are, but not those of the flood. */
export function networkOf(pool: PlannedPool): string {
  return `10.${blockOf(pool)}.0.0/${SITE_PREFIX_BITS}`;
}

/** The address of a phone in the network of its pool. */
export function addressOf(pool: PlannedPool, number: number): string {
  return `10.${blockOf(pool) + (number >> 16)}.${(number >> 8) & 0xff}.${number & 0xff}`;
}

function blockOf(pool: PlannedPool): number {
  return (POOLS.indexOf(pool) + 1) * BLOCK;
}
