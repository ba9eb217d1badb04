import { join } from "node:path";
import { z } from "zod";
import { readTextFile, typedPath } from "#programs/cli/read-text-file";
import { AppError } from "#foundation/core/errors";
import { normaliseMacAddress, readMacAddress } from "#foundation/core/mac-address";
import { wholeNumberText } from "#foundation/core/whole-number-text";
import { env } from "#foundation/platform/env";
import type { PhoneIdentity } from "#programs/simulator/model";
import { PHONE_DIALECTS } from "#programs/simulator/options";
import type { PhoneFault, PhoneOptions, ServerAddress } from "#programs/simulator/options";

const text = z.string().trim().min(1, "Must not be empty.").max(64);

export const phoneInput = z.strictObject({
  args: z.array(z.string()).length(0),
  server: z.url({ protocol: /^https?$/, error: "A URL such as http://localhost:3000." }).optional(),
  domain: text.optional(),
  dns: text.optional(),
  port: wholeNumberText.pipe(z.number().min(1).max(65_535)).optional(),
  external: z.boolean().default(false),
  dialect: z.enum(PHONE_DIALECTS).default("json"),
  pool: text.optional(),
  deviceType: text.default("UCPhone"),
  brand: text.default("POLYCOM"),
  model: text.default("CX600"),
  revision: text.default("A"),
  locale: text.default("ENU"),
  mac: z
    .string()
    .transform((value, context) => {
      const digits = normaliseMacAddress(value);
      if (digits === null) {
        context.addIssue("Six pairs of hex digits, such as 00-04-F2-00-01-76.");
      }
      return digits;
    })
    .optional(),
  serial: text.regex(/^[A-Za-z0-9_-]+$/, "Letters, digits, - and _ only.").optional(),
  version: text.default("4.0.7577.4100"),
  updateType: text.default("CPE"),
  user: text.optional(),
  provisioning: z.union([z.boolean(), z.string().trim().min(3).max(320)]).default(false),
  password: z.string().optional(),
  passwordStdin: z.boolean().default(false),
  state: z.string().min(1).optional(),
  timeScale: z
    .string()
    .regex(/^\d{1,9}(?:\.\d{1,9})?$/, "A number such as 60 or 0.5.")
    .transform(Number)
    .pipe(z.number().positive("Must be greater than 0."))
    .default(1),
  filesFromServer: z.boolean().default(false),
  trust: z.string().optional(),
  once: z.boolean().default(false),
  failsToInstall: z.boolean().default(false),
  vanishAfterDownload: z.boolean().default(false),
  systemInformation: z.boolean().default(false),
  json: z.boolean().default(false),
});
export type PhoneInput = z.output<typeof phoneInput>;

/** The phone that the options describe. The caller reads `password`, because only it can ask for one. */
export async function toPhoneOptions(
  input: PhoneInput,
  password: string | null,
): Promise<PhoneOptions> {
  const identity = toIdentity(input);
  return {
    identity,
    factory: {
      updateType: input.updateType,
      fileName: `${input.updateType}.nbt`,
      version: input.version,
    },
    server: toServerAddress(input),
    side: input.external ? "external" : "internal",
    dialect: input.dialect,
    credentials:
      input.user === undefined || password === null ? null : { userName: input.user, password },
    provisionedUser: toProvisionedUser(input),
    pool: input.pool ?? null,
    filesFrom: input.filesFromServer ? "check_server" : "offered_url",
    stateFile: input.state === undefined ? defaultStateFile(identity) : typedPath(input.state),
    timeScale: input.timeScale,
    isOnce: input.once,
    fault: toFault(input),
    trustedAuthorities: input.trust === undefined ? null : await readTextFile(input.trust),
  };
}

function toIdentity(input: PhoneInput): PhoneIdentity {
  const { deviceType, brand, model, revision, locale, mac, serial, user } = input;
  if (mac === undefined && serial === undefined) {
    throw new AppError("invalid_input", "Identify the phone with --mac or --serial.");
  }
  return {
    hardware: { deviceType, brand, model, revision, locale },
    macAddress: mac ?? null,
    serialNumber: serial ?? null,
    user: user ?? null,
  };
}

function toFault({ failsToInstall, vanishAfterDownload }: PhoneInput): PhoneFault | null {
  if (vanishAfterDownload) {
    return "vanishes_after_download";
  }
  return failsToInstall ? "fails_to_install" : null;
}

/** The SIP address given with `--provisioning`, else the user of `--user`. */
function toProvisionedUser({ provisioning, user }: PhoneInput): string | null {
  const address = provisioning === true ? user : provisioning;
  if (address === undefined) {
    throw new AppError(
      "invalid_input",
      "Name the user of the provisioning document, with --user or after --provisioning.",
    );
  }
  return address === false ? null : address;
}

/** The address of the service. `--system-information` sends no request and needs none. */
function toServerAddress(input: PhoneInput): ServerAddress {
  const { server, domain, dns, port, systemInformation } = input;
  if (server !== undefined && domain === undefined) {
    return { kind: "url", url: new URL(server) };
  }
  if (domain !== undefined && server === undefined) {
    return { kind: "domain", domain, dnsServer: dns ?? null, port: port ?? null };
  }
  if (systemInformation) {
    return { kind: "url", url: new URL("http://localhost") };
  }
  throw new AppError(
    "invalid_input",
    "Give the address of the service: either --server or --domain.",
  );
}

/** The default state file. Several phones, simulated and real, can send the same group MAC address; the serial number distinguishes them. */
function defaultStateFile({ macAddress, serialNumber }: PhoneIdentity): string {
  const mark = readMacAddress(macAddress ?? "") ?? serialNumber ?? macAddress ?? "phone";
  return join(env().DATA_DIRECTORY, "phones", `${mark}.json`);
}
