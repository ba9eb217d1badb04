import type { Command } from "commander";
import { Option } from "commander";
import { defineCommand } from "#programs/cli/command";
import type { Outcome } from "#programs/cli/outcome";
import { formatJson } from "#programs/cli/output/format";
import { phoneEventText } from "#programs/cli/output/phone-event";
import type { PhoneInput } from "#programs/cli/phone-options";
import { phoneInput, toPhoneOptions } from "#programs/cli/phone-options";
import type { Session } from "#programs/cli/session";
import type { PhoneEvent, PhoneRun } from "#programs/simulator/events";
import type { PhoneOptions } from "#programs/simulator/options";
import { loadPhone, runPhone } from "#programs/simulator/run-phone";
import { systemInformation } from "#programs/simulator/system-information";

const OUTCOMES = {
  nothing_due: "done",
  stopped: "done",
  vanished: "done",
  still_offered: "still_offered",
  check_failed: "phone_failed",
  download_failed: "phone_failed",
} as const satisfies Record<PhoneRun["ending"], Outcome>;

const phone = defineCommand({
  name: "phone",
  cmdlet: null,
  summary: "simulate a phone: check for updates, download, restart, check again",
  notes: `It runs until it is stopped. It stores its state in a file and resumes from that file the next time. With
only --domain it resolves ucupdates-r2.<domain>, as phones do. Exit codes with --once: 0 if no update is
due at the end, 14 if it got no usable answer or file, 15 if it is offered an update again.`,
  examples: [
    "phone --server http://localhost:3000 --mac 00-04-F2-00-01-76 --version 4.0.7577.4100 --once",
    "phone --domain contoso.com --mac 00-04-F2-00-01-76 --time-scale 60",
    "phone --server https://web.contoso.com --external --mac 00-04-F2-00-01-76 --user anna --password-stdin",
    "phone --domain contoso.com --mac 00-04-F2-00-01-76 --provisioning anna@contoso.com --once",
    "phone --server http://localhost:3000 --mac 00-04-F2-00-01-76 --dialect lync --once",
    "phone --mac 00-04-F2-00-01-76 --system-information",
  ],
  needsDatabase: false,
  configure: (command) => {
    command
      .optionsGroup("Where the service is:")
      .option("--server <url>", "its address")
      .option("--domain <domain>", "the domain in which to resolve its name")
      .option("--dns <address>", "the name server to query, with its port if it is not 53")
      .option("--port <number>", "with --domain: the port of the service")
      .option("--external", "check from outside the firewall")
      .option("--pool <pool>", "the name of the pool to check at")
      .option("--dialect <dialect>", "json, or lync for the XML of Lync Phone Edition (json)")
      .option(
        "--files-from-server",
        "download files from the address it checks at, not from the URLs in the answer",
      )
      .option("--trust <file>", "PEM of additional certificate authorities to trust");
    addIdentityOptions(command)
      .optionsGroup("Who has signed in to it:")
      .option("--user <name>", "an account; sent with its password outside the firewall")
      .option(
        "--provisioning [address]",
        "read the service's address from the provisioning document of this SIP address or of --user",
      )
      .addOption(
        new Option("--password-stdin", "read the password from standard input").conflicts(
          "password",
        ),
      )
      .option(
        "--password <password>",
        "the password, only for tests: other users of this machine can see it",
      )
      .optionsGroup("How it runs:")
      .option("--once", "check once, and if something is offered install it and check again")
      .option("--time-scale <factor>", "run this many times faster than a phone (1)")
      .option("--fails-to-install", "keep the old version after every restart")
      .addOption(
        new Option(
          "--vanish-after-download",
          "stop after downloading an update, and send no more requests",
        ).conflicts("failsToInstall"),
      )
      .option("--state <file>", "the file that stores its state")
      .option("--system-information", "print its version and its last update, and send no request")
      .option("--json", "print each event as a line of JSON");
  },
  input: phoneInput,
  run: async (session, input) => {
    const options = await toPhoneOptions(input, await readPassword(session, input));
    return input.systemInformation
      ? showSystemInformation(session, options, input)
      : switchOn(session, options, input);
  },
});

function addIdentityOptions(command: Command): Command {
  return command
    .optionsGroup("Which phone it is:")
    .option("--mac <address>", "MAC address")
    .option("--serial <number>", "serial number")
    .option("--device-type <type>", "device type (UCPhone)")
    .option("--brand <brand>", "brand (POLYCOM)")
    .option("--model <model>", "model (CX600)")
    .option("--revision <revision>", "revision of the hardware (A)")
    .option("--locale <locale>", "locale (ENU)")
    .option("--update-type <type>", "type of image it runs (CPE)")
    .option("--version <version>", "the version it starts with (4.0.7577.4100)");
}

export const commands = [phone];

async function showSystemInformation(
  { terminal }: Session,
  options: PhoneOptions,
  { json }: Pick<PhoneInput, "json">,
): Promise<Outcome> {
  const state = await loadPhone(options);
  terminal.write(json ? formatJson(state) : `${systemInformation(state, options.identity)}\n`);
  return "done";
}

async function switchOn(
  { terminal }: Session,
  options: PhoneOptions,
  { json }: Pick<PhoneInput, "json">,
): Promise<Outcome> {
  const tell = (event: PhoneEvent): void => {
    const at = new Date();
    const line = json ? JSON.stringify({ at, ...event }) : phoneEventText(event);
    if (line !== null) {
      terminal.write(json ? `${line}\n` : `${at.toISOString()}  ${line}\n`);
    }
  };
  const run = await runPhone(options, { signal: terminal.stop, onEvent: tell });
  if (run.message !== null) {
    terminal.tell(`ucupdates: ${run.message}\n`);
  }
  return OUTCOMES[run.ending];
}

/** Null if no user has signed in, or if no password is needed inside. */
async function readPassword(
  { terminal }: Session,
  input: Pick<PhoneInput, "user" | "password" | "passwordStdin" | "external">,
): Promise<string | null> {
  if (input.passwordStdin) {
    const [line = ""] = (await terminal.readInput()).split(/\r?\n/);
    return line;
  }
  if (input.password !== undefined || input.user === undefined) {
    return input.password ?? null;
  }
  return input.external && terminal.canAsk ? terminal.askSecret("Password: ") : null;
}
