import { globSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { expect, test } from "vitest";
import type { RegisteredCommand } from "#programs/cli/command";
import { COMMAND_GROUPS } from "#programs/cli/command-groups";

/** A call of the command line, as an administrator reads it. */
type Example = { readonly line: string; readonly args: readonly string[] };

/** What may precede the name of the program in a line. */
const BEFORE_PROGRAM = /^(?:npx|docker|exec|ucupdates|[A-Z_]+=.*)$/;

const DOCUMENTS = globSync(["README.md", "docs/*.md"]);
const CLI_PAGE = readFileSync("docs/cli.md", "utf8");

const commands = (
  await Promise.all(COMMAND_GROUPS.flatMap(({ files }) => files).map(({ load }) => load()))
).flatMap((file) => file.commands);
const commandsByName = new Map(commands.map((command) => [command.name, command]));

test("every command is on the page of the command line, with an example", () => {
  const shown = new Set(examplesIn(shellBlocks(CLI_PAGE)).map(({ args: [name] }) => name));

  expect(commands.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
});

test("every option that the page of the command line names exists", () => {
  const existing = new Set(
    commands.flatMap((command) => toCommand(command).options.map(({ long }) => long)),
  );
  const named = [...CLI_PAGE.matchAll(/`(--[a-z][a-z-]*)/g)].map(([, option]) => option);

  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((option) => !existing.has(option))).toEqual([]);
});

const DOCUMENTED = DOCUMENTS.flatMap((document) =>
  [...examplesIn(shellBlocks(readFileSync(document, "utf8"))), ...callsInText(document)].map(
    (example) => [document, example.line, example] as const,
  ),
);

test("the documents have examples", () => {
  expect(DOCUMENTED.length).toBeGreaterThan(100);
});

test.each(DOCUMENTED)("%s: %s is a valid call", async (_document, _line, example) => {
  await expectValid(example);
});

test.each(commands.map((command) => [command.name, command] as const))(
  "the help of %s has examples, and all are valid calls",
  async (_name, command) => {
    const [, examples = ""] = helpOf(command).split("\nExamples:\n");
    const calls = examplesIn([examples]);

    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) {
      await expectValid(call);
    }
  },
);

/** Parses the arguments as the program does, options and values, and does not run the command. */
async function expectValid({ args: [name = "", ...args] }: Example): Promise<void> {
  if (name === "help") {
    expect(args.filter((arg) => !commandsByName.has(arg))).toEqual([]);
    return;
  }
  const registered = commandsByName.get(name);
  if (registered === undefined) {
    throw new Error(`There is no command ${name}.`);
  }
  if (args.includes("--help")) {
    return;
  }
  const [option] = args;
  if (args.length === 1 && option?.startsWith("--") === true) {
    // A sentence names the option without its value.
    expect(toCommand(registered).options.map(({ long }) => long)).toContain(option);
    return;
  }
  let tasks = 0;
  const command = toCommand(registered, () => {
    tasks += 1;
  });
  await command.parseAsync(args, { from: "user" });
  expect(tasks).toBe(1);
}

function toCommand(
  registered: RegisteredCommand,
  onTask: () => void = () => {
    throw new Error("Only described, not called.");
  },
): Command {
  return registered
    .toCommand((): Promise<void> => {
      onTask();
      return Promise.resolve();
    })
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

function helpOf(registered: RegisteredCommand): string {
  let text = "";
  toCommand(registered)
    .configureOutput({
      writeOut: (part) => {
        text += part;
      },
    })
    .outputHelp();
  return text;
}

function shellBlocks(document: string): readonly string[] {
  return [...document.matchAll(/```sh\n([^`]*)```/g)].map(([, block = ""]) => block);
}

/** `npx ucupdates doctor` and `set-capture --mode failing` in a sentence, and not the bare name of a command. */
function callsInText(document: string): readonly Example[] {
  const code = [...readFileSync(document, "utf8").matchAll(/`([^`\n]+(?:\n[^`\n]+)?)`/g)];
  return code.flatMap(([, line = ""]) => {
    const [first = "", ...others] = argumentsOf(wordsOf(line.replace(/^npx /, "")));
    const args = first === "ucupdates" ? others : [first, ...others];
    const isCall = first === "ucupdates" || commandsByName.has(first);
    return isCall && args.length > 1 && !line.includes("…") ? [{ line, args }] : [];
  });
}

/** Calls of `ucupdates` in shell code, without what precedes or follows them in a line: variables, pipes, files. */
function examplesIn(blocks: readonly string[]): readonly Example[] {
  return blocks
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, "").split("\n"))
    .flatMap((line) => callsIn(line).map((args) => ({ line: line.trim(), args })));
}

function callsIn(line: string): readonly (readonly string[])[] {
  return line.split("|").flatMap((part) => {
    const words = wordsOf(part);
    // `docker exec ucupdates ucupdates get-device` names a container too.
    const program = words.lastIndexOf("ucupdates");
    const isCall = words.slice(0, program).every((word) => BEFORE_PROGRAM.test(word));
    return program === -1 || !isCall ? [] : [argumentsOf(words.slice(program + 1))];
  });
}

/** Ends at a pipe, a redirection or a comment. */
function argumentsOf(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => /^[<>|#]/.test(word));
  return end === -1 ? words : words.slice(0, end);
}

/** Words of a shell, quoted or not. */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replaceAll(/["']/g, ""),
  );
}
