import type { Actor } from "#foundation/core/permissions";

/** What every use case is told by its door: who asks, when, and under which request id it is logged. */
export type UseCaseContext = {
  readonly actor: Actor;
  readonly now: Date;
  readonly requestId: string;
};
