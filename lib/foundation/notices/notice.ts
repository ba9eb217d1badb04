import type { NoticeContent } from "#foundation/notices/schema";

/** An event as it is told. */
export type Notice = {
  readonly id: bigint;
  readonly at: Date;
  /** Not told of its own action. */
  readonly actorId: string | null;
  readonly settlesAt: Date;
  readonly content: NoticeContent;
};
