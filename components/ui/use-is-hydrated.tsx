import { useSyncExternalStore } from "react";

/** False in the HTML of the server, until the page reacts to clicks. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
