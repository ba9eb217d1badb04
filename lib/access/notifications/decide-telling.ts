import { dueAt } from "#access/notifications/due-at";
import type { Frequencies } from "#access/notifications/model";
import { may } from "#foundation/core/permissions";
import type { Role } from "#foundation/core/permissions";
import { NOTICE_KIND_FACTS } from "#foundation/notices/model";
import type { NoticeKind } from "#foundation/notices/model";

export type Person = {
  readonly accountId: string;
  readonly role: Role;
  readonly timeZone: string;
  readonly frequencies: Frequencies;
};

/** Whether a person may know of events of a kind. */
export function mayBeTold(role: Role, kind: NoticeKind): boolean {
  return may({ role }, NOTICE_KIND_FACTS[kind].permission);
}

/** When a person is told of an event by e-mail; null: not at all. The person who caused it knows of it. */
export function decideTelling(
  notice: { readonly kind: NoticeKind; readonly actorId: string | null },
  { accountId, role, timeZone, frequencies }: Person,
  now: Date,
): Date | null {
  if (notice.actorId === accountId || !mayBeTold(role, notice.kind)) {
    return null;
  }
  return dueAt(frequencies[notice.kind], now, timeZone);
}
