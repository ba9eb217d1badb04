import { isLyncPath } from "#phones/device-api/lync-paths";
import { broadestReading } from "#foundation/platform/http/request-target";

const DEVICE_ROOT = "/api/update";
/** What a plain path in lower case has none of. */
const MAY_DIFFER = /[A-Z%\\]|\/[/.]/;

/**
 * Whether a request is for the device API, however its path is spelled. What could be taken for such a path is answered
 * by the native mount, which alone knows where a request comes from.
 */
export function isDevicePath(pathname: string): boolean {
  return (
    isPlainDevicePath(pathname) ||
    (MAY_DIFFER.test(pathname) && isPlainDevicePath(broadestReading(pathname)))
  );
}

function isPlainDevicePath(pathname: string): boolean {
  return isBelow(DEVICE_ROOT, pathname) || isLyncPath(pathname);
}

export function isBelow(root: string, pathname: string): boolean {
  return pathname === root || pathname.startsWith(`${root}/`);
}
