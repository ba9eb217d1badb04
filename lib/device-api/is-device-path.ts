import { isLyncPath } from "#lib/device-api/lync-paths";

const DEVICE_ROOT = "/api/update";

/**
 * Whether a request is for the device API, however its path is spelled: whatever Next would take for such a path after
 * decoding must not reach it around the native mount, which alone knows where a request comes from.
 */
export function isDevicePath(pathname: string): boolean {
  return (
    isPlainDevicePath(pathname) || (pathname.includes("%") && isPlainDevicePath(decode(pathname)))
  );
}

function isPlainDevicePath(pathname: string): boolean {
  return isBelow(DEVICE_ROOT, pathname) || isLyncPath(pathname);
}

export function isBelow(root: string, pathname: string): boolean {
  return pathname === root || pathname.startsWith(`${root}/`);
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
