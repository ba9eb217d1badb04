import type { Actor } from "#foundation/core/permissions";

/** The context of every use case: the actor, the time, and the request id for the log. */
export type UseCaseContext = {
  readonly actor: Actor;
  readonly now: Date;
  readonly requestId: string;
};
