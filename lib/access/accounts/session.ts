/** A panel session as the server stores it. */
export type Session = {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
};

/** Absolute lifetime of a session after sign-in, used or not: a working day. */
export const MAX_SESSION_SECONDS = 12 * 60 * 60;

/** Idle lifetime: an unused session ends after this time. */
export const MAX_SESSION_IDLE_SECONDS = 2 * 60 * 60;

/** Whether a session has reached its absolute or idle limit. */
export function hasSessionEnded(
  { createdAt, lastUsedAt }: Pick<Session, "createdAt" | "lastUsedAt">,
  now: Date,
): boolean {
  return (
    createdAt <= sessionLimits(now).createdBefore || lastUsedAt <= sessionLimits(now).usedBefore
  );
}

/** The limits as instants: a session that was created or last used at or before them has ended. */
export function sessionLimits(now: Date): {
  readonly createdBefore: Date;
  readonly usedBefore: Date;
} {
  return {
    createdBefore: new Date(now.getTime() - MAX_SESSION_SECONDS * 1000),
    usedBefore: new Date(now.getTime() - MAX_SESSION_IDLE_SECONDS * 1000),
  };
}
