import { AppError } from "#foundation/core/errors";

type BoundCaller = { readonly boundMacAddress: string | null };

/** Refuses a phone that brings the credentials of another one, without a word about which that is. */
export function requireBoundPhone(
  { boundMacAddress }: BoundCaller,
  macAddress: string | null,
): void {
  if (boundMacAddress !== null && boundMacAddress !== macAddress) {
    throw new AppError("forbidden", "This is not possible with these credentials.");
  }
}
