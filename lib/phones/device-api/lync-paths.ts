import { getPath } from "hono/utils/url";
import { LYNC_FILES_FAMILIES, LYNC_FILES_ROOTS } from "#formats/protocol/lync-files";
import { LYNC_HANDLER_PATHS } from "#formats/protocol/lync-xml";
import type { Side } from "#fleet/devices/model";
import { SIDES } from "#fleet/devices/model";

/** The first path segments of the original's web sites, by side, in lower case. */
export const LYNC_ROOTS = {
  internal: ["/requesthandler", "/deviceupdatefiles_int"],
  external: ["/requesthandlerext", "/deviceupdatefiles_ext"],
} as const satisfies Record<Side, readonly string[]>;

const ALL_ROOTS = SIDES.flatMap((side) => LYNC_ROOTS[side]);
const LOWER_CASE_A = 97;
const LOWER_CASE_BIT = 0x20;
const FIRST_LETTERS = new Set([...ALL_ROOTS].map((root) => root.charCodeAt(1)));

/** The root paths of images on a side, as they are routed (lower case). */
export function lyncFilesRoots(side: Side): readonly string[] {
  return LYNC_FILES_FAMILIES.map((family) => LYNC_FILES_ROOTS[family][side].toLowerCase());
}

/** The path of a side's request handler, as it is routed (lower case). */
export function lyncHandlerPath(side: Side): string {
  return LYNC_HANDLER_PATHS[side].toLowerCase();
}

/** Ignores case: the original ran on Windows, whose paths are case-insensitive. */
export function isLyncPath(pathname: string): boolean {
  // Fast path: the first letter excludes every other path, including that of a JSON check.
  const letter = pathname.charCodeAt(1) | LOWER_CASE_BIT;
  if (letter < LOWER_CASE_A || !FIRST_LETTERS.has(letter)) {
    return false;
  }
  const path = pathname.toLowerCase();
  return ALL_ROOTS.some((root) => path === root || path.startsWith(`${root}/`));
}

/** The path by which a request is routed to its endpoint. */
export function routedPath(request: Request): string {
  const path = getPath(request);
  return isLyncPath(path) ? path.toLowerCase() : path;
}
