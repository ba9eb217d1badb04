/** Whether a token is still valid: before its expiry, or always if it has none. */
export function isInForce({ expiresAt }: { readonly expiresAt: Date | null }, now: Date): boolean {
  return expiresAt === null || now < expiresAt;
}
