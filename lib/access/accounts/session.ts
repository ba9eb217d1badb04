/** A session of the panel, as the server keeps it. */
export type Session = {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
};

/** A session ends so long after signing in, used or not: a working day. */
export const MAX_SESSION_SECONDS = 12 * 60 * 60;

/** A session that is not used for so long ends. */
export const MAX_SESSION_IDLE_SECONDS = 2 * 60 * 60;

/** Whether one of the two limits is reached. */
export function hasSessionEnded(
  { createdAt, lastUsedAt }: Pick<Session, "createdAt" | "lastUsedAt">,
  now: Date,
): boolean {
  return createdAt <= sessionEnds(now).createdBefore || lastUsedAt <= sessionEnds(now).usedBefore;
}

/** The instants that decide whether a session has ended. */
export function sessionEnds(now: Date): {
  readonly createdBefore: Date;
  readonly usedBefore: Date;
} {
  return {
    createdBefore: new Date(now.getTime() - MAX_SESSION_SECONDS * 1000),
    usedBefore: new Date(now.getTime() - MAX_SESSION_IDLE_SECONDS * 1000),
  };
}
