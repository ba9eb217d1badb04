import type { Command } from "commander";
import { Option } from "commander";
import { defineCommand } from "#programs/cli/command";
import type { Outcome } from "#programs/cli/outcome";
import { formatJson } from "#programs/cli/output/json";
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
  summary: "pretend to be a phone: ask for updates, download, restart, ask again",
  notes: `It runs until it is stopped, keeps what it runs in a file, and goes on from there the next time. With
only --domain it looks up ucupdates-r2.<domain>, as phones do. Exit codes with --once: 0 when nothing
is due in the end, 14 when it got no usable answer or file, 15 when it is offered something again.`,
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
      .option("--domain <domain>", "the domain in which to look it up")
      .option("--dns <address>", "the name server to ask, with its port if it is not 53")
      .option("--port <number>", "with --domain: the port of the service")
      .option("--external", "ask from outside the firewall")
      .option("--pool <pool>", "ask this pool by name")
      .option("--dialect <dialect>", "json, or lync for the XML of Lync Phone Edition (json)")
      .option("--files-from-server", "fetch files from the address that was asked")
      .option("--trust <file>", "PEM of certificate authorities to trust besides the usual ones");
    addIdentityOptions(command)
      .optionsGroup("Who has signed in to it:")
      .option("--user <name>", "an account; sent with its password outside the firewall")
      .option(
        "--provisioning [address]",
        "ask where the provisioning document of this SIP address says, or that of --user",
      )
      .addOption(
        new Option("--password-stdin", "read the password from standard input").conflicts(
          "password",
        ),
      )
      .option(
        "--password <password>",
        "the password, for trying out: others on this machine see it",
      )
      .optionsGroup("How it runs:")
      .option("--once", "check once, and if something is offered install it and check again")
      .option("--time-scale <factor>", "live this many times faster than a phone (1)")
      .option("--fails-to-install", "come back from every restart with what it ran before")
      .addOption(
        new Option(
          "--vanish-after-download",
          "be heard of no more once it has loaded what it was offered",
        ).conflicts("failsToInstall"),
      )
      .option("--state <file>", "where it keeps what it runs")
      .option("--system-information", "show what it runs and when it was updated, and ask nothing")
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
    .option("--update-type <type>", "kind of image it runs (CPE)")
    .option("--version <version>", "what it was made with (4.0.7577.4100)");
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

/** Null where nobody has signed in, or nobody asks for a password inside. */
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
