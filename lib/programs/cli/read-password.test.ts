import { expect, test } from "vitest";
import { readPassword } from "#programs/cli/read-password";

function aTerminal(answers: readonly string[], input = "") {
  const left = [...answers];
  return {
    canAsk: answers.length > 0,
    readInput: () => Promise.resolve(input),
    askSecret: () => Promise.resolve(left.shift() ?? ""),
  };
}

const NEITHER = { generatePassword: false, passwordStdin: false };

test("generates a different long password each time", async () => {
  const options = { ...NEITHER, generatePassword: true };

  const first = await readPassword(aTerminal([]), options);
  const second = await readPassword(aTerminal([]), options);

  expect(first.isGenerated).toBe(true);
  expect(first.password.length).toBeGreaterThanOrEqual(20);
  expect(first.password).not.toBe(second.password);
});

test("reads the first line of standard input, with its spaces", async () => {
  const options = { ...NEITHER, passwordStdin: true };

  expect(await readPassword(aTerminal([], " correct horse \r\nmore"), options)).toEqual({
    password: " correct horse ",
    isGenerated: false,
  });
});

test("asks twice, and refuses two passwords that differ", async () => {
  const given = await readPassword(aTerminal(["correct horse", "correct horse"]), NEITHER);
  expect(given.password).toBe("correct horse");

  const slip = readPassword(aTerminal(["correct horse", "correct hose"]), NEITHER);
  await expect(slip).rejects.toThrow("differ");
});

test("names the option for a password when there is no terminal", async () => {
  await expect(readPassword(aTerminal([]), NEITHER)).rejects.toThrow("--password-stdin");
});
