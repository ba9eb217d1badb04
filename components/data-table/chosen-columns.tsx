import type { ColumnVisibilityState } from "@tanstack/react-table";
import { toRememberedCookie } from "#components/ui/remembered-cookie";

/** The columns of a list that this browser shows or hides otherwise than the list does at first. */
export type ChosenColumns = Readonly<Record<string, ColumnVisibilityState>>;

/** The cookie that has them, so that the server renders a list without a jump. */
export const COLUMNS_COOKIE = "columns";

/** Reads the value of the cookie: `@devices.-site.+pool`. What is not written so is ignored. */
export function readChosenColumns(value: string | undefined): ChosenColumns {
  const [, ...lists] = (value ?? "").split("@");
  return Object.fromEntries(
    lists
      .map((list) => list.split("."))
      .map(([name = "", ...words]) => [name, Object.fromEntries(words.flatMap(toVisibility))]),
  );
}

function toVisibility(word: string): readonly (readonly [string, boolean])[] {
  const [, sign, id] = /^([+-])(\w+)$/.exec(word) ?? [];
  return id === undefined ? [] : [[id, sign === "+"]];
}

/** The cookie, as `document.cookie` takes it. A list without a choice needs no place in it. */
export function toColumnsCookie(chosen: ChosenColumns): string {
  const value = Object.entries(chosen)
    .filter(([, visibility]) => Object.keys(visibility).length > 0)
    .map(([name, visibility]) => `@${[name, ...Object.entries(visibility).map(toWord)].join(".")}`)
    .join("");
  return toRememberedCookie(COLUMNS_COOKIE, value);
}

function toWord([id, isVisible]: readonly [string, boolean]): string {
  return `${isVisible ? "+" : "-"}${id}`;
}

/** The value of the cookie among those of a page (`document.cookie`). */
export function findColumnsCookie(all: string): string | undefined {
  const start = `${COLUMNS_COOKIE}=`;
  return all
    .split("; ")
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}
