import "server-only";
import { env } from "#foundation/platform/env";

/** Names under which the panel is reached when a proxy in front of it puts another into `Host`. */
export function ownHosts(): readonly string[] {
  const { PUBLIC_URL } = env();
  return PUBLIC_URL === undefined ? [] : [new URL(PUBLIC_URL).host];
}
