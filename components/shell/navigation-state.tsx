import { NAVIGATION_GROUPS } from "#components/shell/navigation";
import type { NavigationGroup } from "#components/shell/navigation";
import { toRememberedCookie } from "#components/ui/remembered-cookie";

/** How the navigation looks in this browser. */
export type NavigationState = {
  /** Icons only, on a wide screen. */
  readonly isRail: boolean;
  readonly closedGroups: readonly NavigationGroup[];
};

/** The cookie that has the state, so that the server renders it without a jump. */
export const NAVIGATION_COOKIE = "navigation";

const RAIL = "rail";

/** Reads the value of the cookie. Unknown words of another version are ignored. */
export function readNavigationState(value: string | undefined): NavigationState {
  const words = (value ?? "").split(".");
  return {
    isRail: words.includes(RAIL),
    closedGroups: NAVIGATION_GROUPS.filter((group) => words.includes(group)),
  };
}

/** The cookie of a state, as `document.cookie` takes it. */
export function toNavigationCookie({ isRail, closedGroups }: NavigationState): string {
  const value = [...(isRail ? [RAIL] : []), ...closedGroups].join(".");
  return toRememberedCookie(NAVIGATION_COOKIE, value);
}

/** Opens a closed group and closes an open one. */
export function toggleGroup(state: NavigationState, group: NavigationGroup): NavigationState {
  const isClosed = state.closedGroups.includes(group);
  return {
    ...state,
    closedGroups: isClosed
      ? state.closedGroups.filter((closed) => closed !== group)
      : [...state.closedGroups, group],
  };
}
