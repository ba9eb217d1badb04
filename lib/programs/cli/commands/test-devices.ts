import { z } from "zod";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import { everyPage } from "#programs/cli/every-page";
import type { NamedTestDevice } from "#programs/cli/identity";
import { parseTestDeviceIdentity } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import type { Session } from "#programs/cli/session";
import { matchesWildcard } from "#programs/cli/wildcard";
import { AppError } from "#foundation/core/errors";
import { findUnknownSite } from "#fleet/sites/server/known-sites";
import { formatMacAddress } from "#foundation/core/mac-address";
import { isIdentifying } from "#fleet/devices/identify";
import type { IdentifierType, TestDevice } from "#fleet/test-devices/model";
import { IDENTIFIER_TYPES, testDeviceIdentity } from "#fleet/test-devices/model";
import { changeTestDeviceInput, createTestDeviceInput } from "#fleet/test-devices/schema";
import { changeTestDevice } from "#fleet/test-devices/server/change-test-device";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";
import { listTestDevices } from "#fleet/test-devices/server/list-test-devices";
import { removeTestDevices } from "#fleet/test-devices/server/remove-test-devices";

const TEST_DEVICE_FIELDS: readonly Field<TestDevice>[] = [
  column("Identity", testDeviceIdentity),
  column("Name", (device) => device.name),
  column("IdentifierType", (device) => device.identifierType),
  column("Identifier", ({ identifierType, identifier }) =>
    identifierType === "MACAddress" ? formatMacAddress(identifier) : identifier,
  ),
  detail("IdentifiesPhone", isIdentifying),
  detail("Site", (device) => device.siteName),
  detail("Id", (device) => device.id),
  detail("CreatedAt", (device) => device.createdAt),
  detail("CreatedBy", (device) => device.createdBy),
];

const IDENTITY = "global/<name> or site:<site>/<name>";
const identifierType = z
  .string()
  .transform((text) => findIdentifierType(text) ?? text)
  .pipe(z.enum(IDENTIFIER_TYPES));

const getTestDevice = defineCommand({
  name: "get-test-device",
  cmdlet: "Get-CsTestDevice",
  summary: "show test devices, the phones that are offered pending versions",
  examples: [
    "get-test-device",
    "get-test-device site:Redmond",
    'get-test-device --filter "*Lobby*"',
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .argument("[identity...]", `${IDENTITY}, or a whole scope: global, site:<site>`)
        .option("--filter <pattern>", "test devices whose identity matches; * and ? are wildcards"),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()),
    filter: z.string().default("*"),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const named = input.args.map(parseTestDeviceIdentity);
    await requireSites(session, named);
    const all = await listAll(session);
    const chosen = all.filter(
      (device) =>
        (named.length === 0 || named.some((name) => isNamed(device, name))) &&
        matchesWildcard(testDeviceIdentity(device), input.filter),
    );
    printItems(session.terminal, chosen, {
      fields: TEST_DEVICE_FIELDS,
      options: input,
    });
    requireAllFound(all, named);
    return "done";
  },
});

const newTestDevice = defineCommand({
  name: "new-test-device",
  cmdlet: "New-CsTestDevice",
  summary: "make a phone a test device",
  notes:
    "A test device of a site counts while the phone is at that site, by the network of its address or else by its pool. A global one counts everywhere.",
  examples: [
    "new-test-device global/Lobby --identifier 00-04-F2-00-01-76 --identifier-type MACAddress",
    "new-test-device --parent site:Redmond --name Lobby --identifier A1B2-77 --identifier-type SerialNumber",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .argument("[identity]", IDENTITY)
        .option(
          "--parent <scope>",
          "global or site:<site>; together with --name, instead of the identity",
        )
        .option("--name <name>", "unique in its scope")
        .requiredOption("--identifier <identifier>", "MAC address or serial number")
        .option("--identifier-type <type>", "MACAddress or SerialNumber", "MACAddress"),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).max(1),
    parent: z.string().optional(),
    name: z.string().optional(),
    identifier: z.string(),
    identifierType,
    ...formatOptions,
  }),
  run: async (session, input) => {
    const { siteName, name } = parseTestDeviceIdentity(toIdentity(input));
    const parsed = parseInput(createTestDeviceInput, {
      siteName,
      name,
      identifierType: input.identifierType,
      identifier: input.identifier,
    });
    const created = await createTestDevice(session.context(), parsed);
    printItems(session.terminal, [created], {
      fields: TEST_DEVICE_FIELDS,
      options: input,
    });
    return "done";
  },
});

const setTestDevice = defineCommand({
  name: "set-test-device",
  cmdlet: "Set-CsTestDevice",
  summary: "give a test device another identifier",
  notes: "Name and scope cannot be changed; remove the test device and add a new one.",
  examples: ["set-test-device global/Lobby --identifier 00-04-F2-00-01-99"],
  needsDatabase: true,
  configure: (command) => {
    command
      .argument("<identity>", IDENTITY)
      .requiredOption("--identifier <identifier>", "MAC address or serial number")
      .option("--identifier-type <type>", "MACAddress or SerialNumber; default: unchanged");
  },
  input: z.strictObject({
    args: z.tuple([z.string()]),
    identifier: z.string(),
    identifierType: identifierType.optional(),
  }),
  run: async (session, input) => {
    const device = await requireOne(session, input.args[0]);
    const parsed = parseInput(changeTestDeviceInput, {
      testDeviceId: device.id,
      identifierType: input.identifierType ?? device.identifierType,
      identifier: input.identifier,
    });
    await changeTestDevice(session.context(), parsed);
    session.terminal.tell(`Changed ${testDeviceIdentity(device)}.\n`);
    return "done";
  },
});

const removeTestDevice = defineCommand({
  name: "remove-test-device",
  cmdlet: "Remove-CsTestDevice",
  summary: "remove test devices",
  notes: "The phone keeps working and is offered the approved version at its next check.",
  examples: ["remove-test-device global/Lobby", "remove-test-device site:Redmond --what-if"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(
      command.argument("<identity...>", `${IDENTITY}, or a whole scope: global, site:<site>`),
    );
  },
  input: z.strictObject({ args: z.array(z.string()).min(1), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const named = input.args.map(parseTestDeviceIdentity);
    await requireSites(session, named);
    const all = await listAll(session);
    requireAllFound(all, named);
    const chosen = all.filter((device) => named.some((name) => isNamed(device, name)));
    const list = chosen.map((device) => `  ${testDeviceIdentity(device)}\n`).join("");
    if (input.whatIf) {
      terminal.write(`${chosen.length} would be removed.\n${list}`);
      return "done";
    }
    if (chosen.length === 0) {
      terminal.write("0 removed.\n");
      return "done";
    }
    if (mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true })) {
      terminal.tell(list);
      if (!(await isConfirmed(terminal, "Remove these test devices?"))) {
        return "declined";
      }
    }
    const testDeviceIds = chosen.map(({ id }) => id);
    const { removed } = await removeTestDevices(session.context(), { testDeviceIds });
    terminal.write(`${removed} removed.\n${list}`);
    return "done";
  },
});

export const commands = [getTestDevice, newTestDevice, setTestDevice, removeTestDevice];

async function listAll(session: Session): Promise<readonly TestDevice[]> {
  return everyPage(async (page) => {
    const search = { q: "", sort: "name", order: "asc", page } as const;
    const found = await listTestDevices(session.context(), search);
    return { ...found, items: found.testDevices };
  });
}

/** Compares without regard to case. Without a name, all devices of the scope match. */
function isNamed(device: TestDevice, { siteName, name }: NamedTestDevice): boolean {
  return (
    device.siteName?.toLowerCase() === siteName?.toLowerCase() &&
    (name === null || device.name.toLowerCase() === name.toLowerCase())
  );
}

/** Throws if the site of a scope does not exist. */
async function requireSites(session: Session, named: readonly NamedTestDevice[]): Promise<void> {
  const scopes = named.flatMap(({ siteName, name }) =>
    siteName === null || name !== null ? [] : [siteName],
  );
  const unknown = await findUnknownSite(session.context(), scopes);
  if (unknown !== null) {
    throw new AppError("not_found", `There is no site ${unknown}.`);
  }
}

/** Throws if a named device does not exist. A scope may be empty. */
function requireAllFound(all: readonly TestDevice[], named: readonly NamedTestDevice[]): void {
  for (const { siteName, name } of named) {
    if (name !== null && !all.some((device) => isNamed(device, { siteName, name }))) {
      const identity = testDeviceIdentity({ siteName, name });
      throw new AppError("not_found", `There is no test device ${identity}.`);
    }
  }
}

async function requireOne(session: Session, identity: string): Promise<TestDevice> {
  const named = parseTestDeviceIdentity(identity);
  const all = await listAll(session);
  requireAllFound(all, [named]);
  const device = named.name === null ? undefined : all.find((item) => isNamed(item, named));
  if (device === undefined) {
    throw new AppError("invalid_input", `Name one test device, not the whole scope ${identity}.`);
  }
  return device;
}

/** Takes either the identity or the scope and the name, as the cmdlet does. */
function toIdentity({
  args,
  parent,
  name,
}: {
  readonly args: readonly string[];
  readonly parent?: string | undefined;
  readonly name?: string | undefined;
}): string {
  const [identity] = args;
  if (identity !== undefined && parent === undefined && name === undefined) {
    return identity;
  }
  if (identity === undefined && parent !== undefined && name !== undefined) {
    return `${parent}/${name}`;
  }
  throw new AppError("invalid_input", "Give either the identity, or --parent and --name.");
}

function findIdentifierType(text: string): IdentifierType | undefined {
  return IDENTIFIER_TYPES.find((type) => type.toLowerCase() === text.toLowerCase());
}
