import { expect, test } from "vitest";
import {
  readNavigationState,
  toNavigationCookie,
  toggleGroup,
} from "#components/shell/navigation-state";

test("a state survives its cookie", () => {
  const state = { isRail: true, closedGroups: ["firmware", "service"] } as const;

  const cookie = toNavigationCookie(state);

  expect(cookie).toMatch(
    /^navigation=rail\.firmware\.service; path=\/; max-age=\d+; samesite=lax$/,
  );
  expect(readNavigationState(/=([^;]*);/.exec(cookie)?.[1])).toEqual(state);
});

test.each([undefined, "", "unknown.words"])("the cookie %s opens everything", (value) => {
  expect(readNavigationState(value)).toEqual({ isRail: false, closedGroups: [] });
});

test("a group is closed and opened again, and the others stay", () => {
  const closed = toggleGroup({ isRail: false, closedGroups: ["fleet"] }, "service");

  expect(closed.closedGroups).toEqual(["fleet", "service"]);
  expect(toggleGroup(closed, "service").closedGroups).toEqual(["fleet"]);
});
