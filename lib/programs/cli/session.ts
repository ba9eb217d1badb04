import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Terminal } from "#programs/cli/terminal";

/** The terminal and the identity that a command runs with. */
export type Session = {
  readonly terminal: Terminal;
  /** The log and the audit trail name this id for all use cases of one command. */
  readonly requestId: string;
  /** Creates a context with the current time, for one use case. */
  readonly context: () => UseCaseContext;
};

/** Opens a session as administrator, under the name of the operating system's user: a user of the command line can access the database anyway. */
export function openSession(terminal: Terminal): Session {
  const requestId = randomUUID();
  const name = userName();
  return {
    terminal,
    requestId,
    context: () => ({
      actor: { kind: "command_line", id: null, name, role: "administrator" },
      now: new Date(),
      requestId,
    }),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user id that has no name.
    return "unknown";
  }
}
