import { AppError } from "#foundation/core/errors";

type BoundCaller = { readonly boundMacAddress: string | null };

/** Throws `forbidden` for a phone with the credentials of another phone. The message does not name that phone. */
export function requireBoundPhone(
  { boundMacAddress }: BoundCaller,
  macAddress: string | null,
): void {
  if (boundMacAddress !== null && boundMacAddress !== macAddress) {
    throw new AppError("forbidden", "This is not possible with these credentials.");
  }
}
