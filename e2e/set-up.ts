import { test } from "playwright/test";
import { aPackage } from "./support/cabinet.ts";
import { importWithCommand, ucupdates } from "./support/command.ts";
import { connectPhone } from "./support/phone.ts";
import { PASSWORDS } from "./support/server.ts";

test("creates accounts of every role, a package, and a phone that has checked", async () => {
  for (const person of ["operator", "viewer"] as const) {
    const args = ["new-account", person, "--role", person, "--password-stdin"];
    await ucupdates(args, `${PASSWORDS[person]}\n`);
  }
  await importWithCommand(aPackage("4.0.7577.4200"));
  await connectPhone({ macAddress: "0004F2000001", model: "CX600", version: "4.0.7577.4100" });
});
