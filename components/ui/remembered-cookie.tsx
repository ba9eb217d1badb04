const KEEP_SECONDS = 365 * 24 * 60 * 60;

/** A choice of this browser that the server renders, as `document.cookie` takes it. The value needs no escaping. */
export function toRememberedCookie(name: string, value: string): string {
  return `${name}=${value}; path=/; max-age=${KEEP_SECONDS}; samesite=lax`;
}
