import { test } from "@playwright/test";
import { aPackage } from "./support/cabinet.ts";
import { importAtPrompt, ucupdates } from "./support/command.ts";
import { livePhone } from "./support/phone.ts";
import { PASSWORDS } from "./support/server.ts";

test("creates accounts of every role, a package, and a phone that has checked", async () => {
  for (const person of ["operator", "viewer"] as const) {
    const args = ["new-account", person, "--role", person, "--password-stdin"];
    await ucupdates(args, `${PASSWORDS[person]}\n`);
  }
  await importAtPrompt(aPackage("4.0.7577.4200"));
  await livePhone({ macAddress: "0004F2000001", model: "CX600", version: "4.0.7577.4100" });
});
