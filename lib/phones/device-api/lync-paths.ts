import { getPath } from "hono/utils/url";
import {
  LYNC_FILES_FAMILIES,
  LYNC_FILES_ROOTS,
  LYNC_HANDLER_PATHS,
} from "#formats/protocol/lync-xml";
import type { Side } from "#fleet/devices/model";
import { SIDES } from "#fleet/devices/model";

/** The first segments under which the original's web sites answered, by side, lower case. */
export const LYNC_ROOTS = {
  internal: ["/requesthandler", "/deviceupdatefiles_int"],
  external: ["/requesthandlerext", "/deviceupdatefiles_ext"],
} as const satisfies Record<Side, readonly string[]>;

const ALL_ROOTS = SIDES.flatMap((side) => LYNC_ROOTS[side]);
const LOWER_CASE_A = 97;
const LOWER_CASE_BIT = 0x20;
const FIRST_LETTERS = new Set([...ALL_ROOTS].map((root) => root.charCodeAt(1)));

/** Below which paths images are on a side, as they are routed. */
export function lyncFilesRoots(side: Side): readonly string[] {
  return LYNC_FILES_FAMILIES.map((family) => LYNC_FILES_ROOTS[family][side].toLowerCase());
}

/** The request handler of a side, as it is routed. */
export function lyncHandlerPath(side: Side): string {
  return LYNC_HANDLER_PATHS[side].toLowerCase();
}

/** The original ran under Windows, where the case of a path means nothing; elsewhere it does. */
export function isLyncPath(pathname: string): boolean {
  // Every other path, a check in JSON too, is told apart by its first letter.
  const letter = pathname.charCodeAt(1) | LOWER_CASE_BIT;
  if (letter < LOWER_CASE_A || !FIRST_LETTERS.has(letter)) {
    return false;
  }
  const path = pathname.toLowerCase();
  return ALL_ROOTS.some((root) => path === root || path.startsWith(`${root}/`));
}

/** The path by which a request finds its endpoint. */
export function routedPath(request: Request): string {
  const path = getPath(request);
  return isLyncPath(path) ? path.toLowerCase() : path;
}
