/** Whether a token still counts: until the moment it ends, or for ever where it has none. */
export function isInForce({ expiresAt }: { readonly expiresAt: Date | null }, now: Date): boolean {
  return expiresAt === null || now < expiresAt;
}
