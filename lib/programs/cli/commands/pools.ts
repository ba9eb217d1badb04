import { z } from "zod";
import type { Command } from "commander";
import { Option } from "commander";
import { collect, defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, removeConfirmed } from "#programs/cli/confirm";
import { parsePoolName } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import { AppError } from "#foundation/core/errors";
import { wholeNumberText } from "#foundation/core/whole-number-text";
import { BRAKE_MODES } from "#fleet/pools/brake";
import type { Pool } from "#fleet/pools/model";
import { changePoolInput, createPoolInput } from "#fleet/pools/schema";
import { changePool } from "#fleet/pools/server/change-pool";
import { createPool } from "#fleet/pools/server/create-pool";
import { listPools } from "#fleet/pools/server/list-pools";
import { removePool } from "#fleet/pools/server/remove-pool";
import { serviceIdentity } from "#firmware/rules/model";

const POOL_FIELDS: readonly Field<Pool>[] = [
  column("Identity", (pool) => serviceIdentity(pool.fqdn)),
  column("Site", (pool) => pool.siteName),
  column("InternalBaseUrl", (pool) => pool.internalBaseUrl),
  column("ExternalBaseUrl", (pool) => pool.externalBaseUrl),
  column("IsDefault", (pool) => pool.isDefault),
  detail("Brake", (pool) => pool.brake),
  detail("BrakePercent", (pool) => pool.brakePercent),
  detail("BrakePhones", (pool) => pool.brakePhones),
  detail("PoolFqdn", (pool) => pool.fqdn),
  detail("SipDomains", (pool) => pool.sipDomains),
  detail("Id", (pool) => pool.id),
];

const POOL = "the pool's name, or service:WebServer:<name>";

/** The settings of a pool as options; settings that are not given stay unchanged. */
const poolOptions = {
  site: z.string().optional(),
  internalUrl: z.string().optional(),
  externalUrl: z.string().optional(),
  sipDomain: z.array(z.string()).optional(),
  default: z.boolean().default(false),
  brake: z.enum(BRAKE_MODES, `One of ${BRAKE_MODES.join(", ")}.`).optional(),
  brakePercent: wholeNumberText.optional(),
  brakePhones: wholeNumberText.optional(),
};

function addPoolOptions(command: Command): Command {
  return command
    .option("--site <name>", "its site; created if no site has that name")
    .option("--internal-url <url>", "its URL for phones inside")
    .option("--external-url <url>", "its URL for phones outside")
    .option("--sip-domain <domain>", "a SIP domain it serves; may be repeated", collect)
    .option("--default", "make it the pool for phones that name no known pool")
    .option("--brake <mode>", `what happens to a roll-out that fails: ${BRAKE_MODES.join(", ")}`)
    .option("--brake-percent <percent>", "the share of phones that must fail")
    .option("--brake-phones <number>", "the number of phones that must fail");
}

const getPool = defineCommand({
  name: "get-pool",
  cmdlet: "Get-CsService -WebServer",
  summary: "show the pools, which are the web services that phones check at",
  examples: ["get-pool", "get-pool pool01.contoso.com --list"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.argument("[pool...]", POOL));
  },
  input: z.strictObject({ args: z.array(z.string()), ...formatOptions }),
  run: async (session, input) => {
    const all = await listPools(session.context());
    const pools = input.args.length === 0 ? all : input.args.map((text) => requirePool(all, text));
    printItems(session.terminal, pools, { fields: POOL_FIELDS, options: input });
    return "done";
  },
});

const newPool = defineCommand({
  name: "new-pool",
  cmdlet: null,
  summary: "add a pool",
  notes:
    "The URLs default to http://<name> inside and https://<name> outside. The site defaults to Default.",
  examples: [
    "new-pool pool02.contoso.com --site Redmond",
    "new-pool pool02.contoso.com --internal-url http://pool02.contoso.com:3000 --external-url https://web.contoso.com",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(addPoolOptions(command.argument("<pool>", POOL)));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...poolOptions, ...formatOptions }),
  run: async (session, input) => {
    const fqdn = parsePoolName(input.args[0]);
    const parsed = parseInput(createPoolInput, {
      fqdn,
      siteName: input.site ?? "Default",
      internalBaseUrl: input.internalUrl ?? `http://${fqdn}`,
      externalBaseUrl: input.externalUrl ?? `https://${fqdn}`,
      sipDomains: input.sipDomain ?? [],
      isDefault: input.default,
      brake: input.brake,
      brakePercent: input.brakePercent,
      brakePhones: input.brakePhones,
    });
    const pool = await createPool(session.context(), parsed);
    printItems(session.terminal, [pool], { fields: POOL_FIELDS, options: input });
    return "done";
  },
});

const setPool = defineCommand({
  name: "set-pool",
  cmdlet: null,
  summary: "change a pool; settings that are not given stay unchanged",
  examples: [
    "set-pool pool01.contoso.com --external-url https://web.contoso.com",
    "set-pool pool02.contoso.com --default",
    "set-pool pool02.contoso.com --brake stop --brake-percent 3 --brake-phones 10",
  ],
  needsDatabase: true,
  configure: (command) => {
    addPoolOptions(
      command.argument("<pool>", POOL).option("--fqdn <name>", "a new name for the pool"),
    ).addOption(
      new Option("--no-sip-domains", "remove all its SIP domains").conflicts("sipDomain"),
    );
  },
  input: z.strictObject({
    args: z.tuple([z.string()]),
    fqdn: z.string().optional(),
    sipDomains: z.boolean(),
    ...poolOptions,
  }),
  run: async (session, input) => {
    const pool = requirePool(await listPools(session.context()), input.args[0]);
    const parsed = parseInput(changePoolInput, {
      poolId: pool.id,
      fqdn: input.fqdn,
      siteName: input.site,
      internalBaseUrl: input.internalUrl,
      externalBaseUrl: input.externalUrl,
      sipDomains: input.sipDomains ? input.sipDomain : [],
      isDefault: input.default ? true : undefined,
      brake: input.brake,
      brakePercent: input.brakePercent,
      brakePhones: input.brakePhones,
    });
    await changePool(session.context(), parsed);
    session.terminal.tell(`Changed ${serviceIdentity(parsed.fqdn ?? pool.fqdn)}.\n`);
    return "done";
  },
});

const removePoolCommand = defineCommand({
  name: "remove-pool",
  cmdlet: null,
  summary: "remove a pool that has no rules and is not the default pool",
  examples: ["remove-pool old.contoso.com"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<pool>", POOL));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const pool = requirePool(await listPools(session.context()), input.args[0]);
    const identity = serviceIdentity(pool.fqdn);
    return removeConfirmed(terminal, input, {
      whatIfText: `${identity} would be removed.`,
      question: `Remove ${identity}?`,
      remove: async () => {
        await removePool(session.context(), { poolId: pool.id });
        terminal.tell(`Removed ${identity}.\n`);
      },
    });
  },
});

export const commands = [getPool, newPool, setPool, removePoolCommand];

function requirePool(pools: readonly Pool[], text: string): Pool {
  const fqdn = parsePoolName(text);
  const pool = pools.find((candidate) => candidate.fqdn === fqdn);
  if (pool === undefined) {
    throw new AppError("not_found", `There is no pool ${fqdn}.`);
  }
  return pool;
}
