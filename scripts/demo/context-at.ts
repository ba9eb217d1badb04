import { randomUUID } from "node:crypto";
import type { UseCaseContext } from "#foundation/core/use-case-context";

/** The context of what an administrator of the pretended fleet does at a time. */
export function contextAt(atMs: number): UseCaseContext {
  return {
    actor: { kind: "command_line", id: null, name: "demo", role: "administrator" },
    now: new Date(atMs),
    requestId: randomUUID(),
  };
}
