import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { expect } from "playwright/test";
import { z } from "zod";
import { askInJson } from "./json-phone.ts";
import { BASE_URL, DATA_DIRECTORY } from "./server.ts";

const run = promisify(execFile);
const phoneEvent = z.looseObject({ kind: z.string() });
const answered = z.object({
  kind: z.literal("answered"),
  channel: z.string(),
  offered: z.array(z.object({ version: z.string() })),
});

export type PhoneSpec = {
  readonly macAddress: string;
  readonly model: string;
  /** The version it starts with; later it runs what it installed. */
  readonly version: string;
};

/** The answer to a check in short: the version and its channel, or that nothing is due. */
export type Answer = `${string} (${string})` | "nothing due";

/**
 * Runs a simulated phone at a thousand times the real speed until nothing is due: it checks, installs what it is
 * offered, restarts and checks again. Returns the answers to its checks and the version that it runs in the end.
 */
export function connectPhone(phone: PhoneSpec): Promise<PhoneLife> {
  return live(phone, []);
}

/** The same for a phone on which no update starts. It ends with an error when it is offered the same update again. */
export async function connectFailingPhone(phone: PhoneSpec): Promise<PhoneLife> {
  return live(phone, ["--fails-to-install"]);
}

/** Waits until the phone is offered this version: a change of rules reaches phones a moment after its response. */
export async function expectOffer(phone: PhoneSpec, offered: string): Promise<void> {
  const version = await currentVersion(phone);
  await expect
    .poll(async () => (await askInJson({ ...phone, version })).answer?.modules[0]?.version)
    .toBe(offered);
}

type PhoneLife = { readonly answers: readonly Answer[]; readonly runs: string };

async function live(phone: PhoneSpec, options: readonly string[]): Promise<PhoneLife> {
  const { stdout } = await run(
    process.execPath,
    [
      ...COMMAND,
      ...identity(phone),
      ...["--server", BASE_URL, "--files-from-server"],
      ...["--version", phone.version],
      ...["--time-scale", "1000", "--once", "--json"],
      ...options,
    ],
    { maxBuffer: 16 * 1024 ** 2 },
  ).catch(outputOfStillOffered);
  const events = stdout.split("\n").filter((line) => line !== "");
  return {
    answers: events.map((line) => phoneEvent.parse(JSON.parse(line))).flatMap(toAnswer),
    runs: await currentVersion(phone),
  };
}

/**
 * An offer of an already installed version has its own exit code; a test that expects it reads the answers from the
 * output.
 */
function outputOfStillOffered(error: unknown): { readonly stdout: string } {
  const ended = z.object({ code: z.literal(15), stdout: z.string() }).safeParse(error);
  if (!ended.success) {
    throw error;
  }
  return ended.data;
}

function toAnswer(event: unknown): Answer[] {
  const { data } = answered.safeParse(event);
  if (data === undefined) {
    return [];
  }
  const [offer] = data.offered;
  return [offer === undefined ? "nothing due" : `${offer.version} (${data.channel})`];
}

async function currentVersion(phone: PhoneSpec): Promise<string> {
  const { stdout } = await run(process.execPath, [
    ...COMMAND,
    ...identity(phone),
    ...["--version", phone.version],
    "--system-information",
  ]);
  return /^Current version\s+(\S+)/m.exec(stdout)?.[1] ?? "";
}

const COMMAND = ["bin/ucupdates.mjs", "phone"];

function identity({ macAddress, model }: PhoneSpec): readonly string[] {
  const state = join(DATA_DIRECTORY, `phone-${macAddress}.json`);
  return ["--mac", macAddress, "--brand", "POLYCOM", "--model", model, "--state", state];
}
