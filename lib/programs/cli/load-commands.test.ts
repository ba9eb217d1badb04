import { expect, test } from "vitest";
import { COMMAND_GROUPS } from "#programs/cli/command-groups";
import { loadCommands, neededFiles } from "#programs/cli/load-commands";

const FILES = COMMAND_GROUPS.flatMap(({ files }) => files);
const POOLS = ["get-pool", "new-pool", "set-pool", "remove-pool"];

test.each(FILES.map(({ names, load }) => [names.join(", "), names, load] as const))(
  "the file defines exactly %s, in this order",
  async (_title, names, load) => {
    const { commands } = await load();

    expect(commands.map(({ name }) => name)).toEqual(names);
  },
);

test("no two commands have the same name", () => {
  const names = FILES.flatMap((file) => file.names);

  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ["a command", ["get-pool"]],
  ["a command with options", ["set-pool", "pool01.contoso.com", "--default"]],
  ["a command whose help is wanted", ["help", "get-pool"]],
])("%s needs its own file alone", (_title, args) => {
  expect(neededFiles(args).map(({ names }) => names)).toEqual([POOLS]);
});

test.each([
  ["no argument", []],
  ["the help", ["--help"]],
  ["the help, named as a command", ["help"]],
  ["the help for a command that does not exist", ["help", "get-pol"]],
  ["a command that does not exist", ["get-pol"]],
  ["a command in other letters", ["Get-Pool"]],
  ["options in front of a command", ["--bogus", "get-pool"]],
])("%s needs every file", (_title, args) => {
  expect(neededFiles(args)).toEqual(FILES);
});

test.each(["--version", "-V"])("%s loads no file", (option) => {
  expect(neededFiles([option])).toEqual([]);
});

test("groups loaded commands as the help does", async () => {
  const groups = await loadCommands(["get-pool"]);

  const filled = groups.filter(({ commands }) => commands.length > 0);
  expect(filled.map(({ heading }) => heading)).toEqual(["Pools, sites, accounts and tokens:"]);
});
