import "server-only";
import { takeTurn as takeStoredTurn } from "#foundation/notices/server/condition-store";
import { db } from "#foundation/platform/db/client";

/**
 * Takes the turn to do something that one host does for all, at most once in `everyMs`. Returns false if another process
 * took it. A process that dies with the turn loses that turn only.
 */
export function takeTurn(name: string, everyMs: number, now: Date): Promise<boolean> {
  return takeStoredTurn(db, name, { everyMs, now });
}
