import process from "node:process";
import { runCommand } from "#programs/cli/run-command";
import { processTerminal } from "#programs/cli/terminal";

// Prisma's PostgreSQL adapter uses a deprecated call of its driver. The user of the command line cannot fix that.
process.noDeprecation = true;

// Explicit exit: a handle that a library keeps open must not keep a finished command running.
process.exit(await runCommand(process.argv.slice(2), processTerminal));
