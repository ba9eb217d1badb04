/** The path of the sign-in that leads back to a page as its address was, with the search and the filters. */
export function signInAgainPath(pathname: string, search: string): string {
  return `/sign-in?${new URLSearchParams({ callbackUrl: `${pathname}${search}` }).toString()}`;
}
