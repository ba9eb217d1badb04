import "server-only";
import { env } from "#foundation/platform/env";

/** Host names of the panel when a proxy sends another name in `Host`. */
export function ownHosts(): readonly string[] {
  const { PUBLIC_URL } = env();
  return PUBLIC_URL === undefined ? [] : [new URL(PUBLIC_URL).host];
}
