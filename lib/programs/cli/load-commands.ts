import type { RegisteredCommand } from "#programs/cli/command";
import type { CommandFile } from "#programs/cli/command-groups";
import { COMMAND_GROUPS } from "#programs/cli/command-groups";

/** A group of the help, with its loaded commands. */
export type LoadedGroup = {
  readonly heading: string;
  readonly commands: readonly RegisteredCommand[];
};

/** Loads only the commands that the arguments can mean: loading all of them takes more than twice as long as one. */
export async function loadCommands(args: readonly string[]): Promise<readonly LoadedGroup[]> {
  const needed = neededFiles(args);
  return Promise.all(
    COMMAND_GROUPS.map(async ({ heading, files }) => {
      const loaded = await Promise.all(
        files.filter((file) => needed.includes(file)).map(({ load }) => load()),
      );
      return { heading, commands: loaded.flatMap(({ commands }) => commands) };
    }),
  );
}

/** The file of the named command. Without a known command, all files: the help and the suggestions need all names. */
export function neededFiles([first, second]: readonly string[]): readonly CommandFile[] {
  if (first === "--version" || first === "-V") {
    return [];
  }
  const name = first === "help" ? second : first;
  const all = COMMAND_GROUPS.flatMap(({ files }) => files);
  const named = all.filter(({ names }) => name !== undefined && names.includes(name));
  return named.length === 0 ? all : named;
}
