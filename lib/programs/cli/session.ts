import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Terminal } from "#programs/cli/terminal";

/** What a command is given to work with. */
export type Session = {
  readonly terminal: Terminal;
  /** All use cases of one command are logged and audited under this id. */
  readonly requestId: string;
  /** A context of this moment, for one use case. */
  readonly context: () => UseCaseContext;
};

/**
 * Whoever runs the command line can read the database anyway, so it acts as administrator, under the name
 * by which the operating system knows them.
 */
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
    // A container may run under a number that has no name.
    return "unknown";
  }
}
