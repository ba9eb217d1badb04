import { Command } from "commander";
import { expect, test } from "vitest";
import { nameFields } from "#programs/cli/name-fields";
import { AppError } from "#foundation/core/errors";

function pathOf(command: Command, path: string): string | undefined {
  const error = new AppError("invalid_input", "Invalid.", { fields: [{ path, message: "No." }] });
  const named = nameFields(error, command);
  return named instanceof AppError ? named.fields[0]?.path : undefined;
}

const ofPool = new Command("new-pool")
  .argument("<pool>")
  .option("--site <name>")
  .option("--internal-url <url>")
  .option("--external-url <url>")
  .option("--sip-domain <domain>");
const ofIds = new Command("remove-capture").argument("[id...]").option("--all");
const ofUser = new Command("set-user-home").argument("<user>").option("--pool <pool>");
const ofTwo = new Command("merge").argument("<kept>").argument("<merged>").option("--query <q>");

test.each([
  ["an option", ofPool, "site", "--site"],
  ["a repeated option", ofPool, "sipDomain.1", "--sip-domain"],
  ["an option with a shorter name", ofPool, "internalBaseUrl", "--internal-url"],
  ["an option with fewer words", ofPool, "siteName", "--site"],
  ["an option in the plural", ofPool, "sipDomains.0", "--sip-domain"],
  ["a list of arguments", ofIds, "captureIds.0", "<id>"],
  ["an argument", ofIds, "args.0", "<id>"],
  ["the only argument under another name", ofUser, "sipAddress", "<user>"],
  ["one of two arguments", ofTwo, "args.1", ""],
  ["a field that is neither", ofTwo, "deviceIds.0", ""],
  ["a parameter of --query", ofTwo, "query.state.0", "query.state.0"],
  ["a part of a file", ofPool, "details.0.model", "details.0.model"],
])("names %s", (...[, command, path, expected]) => {
  expect(pathOf(command, path)).toBe(expected);
});

test("keeps everything else of an error", () => {
  const defect = new Error("broken");
  const refusal = new AppError("not_found", "There is no such rule.");

  expect(nameFields(defect, ofPool)).toBe(defect);
  expect(nameFields(refusal, ofPool)).toBe(refusal);
});
