import { isLyncPath } from "#phones/device-api/lync-paths";
import { decodeFully } from "#foundation/platform/http/request-target";

/** For load balancers and supervisors, on every listener. */
export const PROBE_PATHS = { live: "/livez", ready: "/readyz" } as const;

const DEVICE_ROOT = "/api/update";
/** Characters that can give a path a second reading. A plain lower-case path has none of them. */
const MAY_DIFFER = /[A-Z%\\]|\/[/.]/;

/**
 * Whether a request is for the device API, in any spelling of its path. The native mount answers every path that could
 * be read as one, because only the native mount knows the address of the request.
 */
export function isDevicePath(pathname: string): boolean {
  return (
    isPlainDevicePath(pathname) ||
    (MAY_DIFFER.test(pathname) && isPlainDevicePath(decodeFully(pathname)))
  );
}

function isPlainDevicePath(pathname: string): boolean {
  return isBelow(DEVICE_ROOT, pathname) || isLyncPath(pathname) || isProbePath(pathname);
}

function isProbePath(pathname: string): boolean {
  return pathname === PROBE_PATHS.live || pathname === PROBE_PATHS.ready;
}

export function isBelow(root: string, pathname: string): boolean {
  return pathname === root || pathname.startsWith(`${root}/`);
}
