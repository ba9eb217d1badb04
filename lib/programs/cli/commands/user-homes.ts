import { z } from "zod";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import { everyPage } from "#programs/cli/every-page";
import { parsePoolName } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import type { Session } from "#programs/cli/session";
import { searchText } from "#foundation/core/search-text";
import type { UserHome } from "#phones/home-pools/model";
import { removeUserHomesInput, setUserHomeInput } from "#phones/home-pools/schema";
import { listUserHomes } from "#phones/home-pools/server/list-user-homes";
import { removeUserHomes } from "#phones/home-pools/server/remove-user-homes";
import { setUserHome } from "#phones/home-pools/server/set-user-home";

const FIELDS: readonly Field<UserHome>[] = [
  column("SipAddress", (home) => `sip:${home.sipAddress}`),
  column("HomePool", (home) => home.poolFqdn),
  column("UserName", (home) => home.userName),
  detail("UpdatedAt", (home) => home.updatedAt),
  detail("UpdatedBy", (home) => home.updatedBy),
];

const ADDRESS = "a SIP address, with or without sip:";

const getUserHome = defineCommand({
  name: "get-user-home",
  cmdlet: null,
  summary: "show the users that have a home pool of their own",
  notes: "For other users it is the pool of their SIP domain, or the default pool.",
  examples: ["get-user-home", "get-user-home --filter contoso.com"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command.option("--filter <text>", "users whose address, name or pool contains this text"),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    filter: searchText,
    ...formatOptions,
  }),
  run: async (session, input) => {
    const homes = await listAll(session, input.filter);
    printItems(session.terminal, homes, { fields: FIELDS, options: input });
    return "done";
  },
});

const setHome = defineCommand({
  name: "set-user-home",
  cmdlet: null,
  summary: "set the home pool of a user",
  examples: ["set-user-home adamb@contoso.com --pool pool01.contoso.com"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .argument("<user>", ADDRESS)
        .requiredOption("--pool <pool>", "the pool, by name or as service:WebServer:<fqdn>")
        .option(
          "--user-name <name>",
          "the name the user signs in with, if it differs from the address",
        ),
    );
  },
  input: z.strictObject({
    args: z.tuple([z.string()]),
    pool: z.string(),
    userName: z.string().optional(),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const parsed = parseInput(setUserHomeInput, {
      sipAddress: input.args[0],
      poolFqdn: parsePoolName(input.pool),
      userName: input.userName ?? "",
    });
    const home = await setUserHome(session.context(), parsed);
    printItems(session.terminal, [home], { fields: FIELDS, options: input });
    return "done";
  },
});

const removeHome = defineCommand({
  name: "remove-user-home",
  cmdlet: null,
  summary: "remove the home pools of users",
  notes: "Afterwards their home pool is the pool of their SIP domain, or the default pool.",
  examples: ["remove-user-home adamb@contoso.com", "remove-user-home adamb@contoso.com --what-if"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<user...>", ADDRESS));
  },
  input: z.strictObject({ args: z.array(z.string()).min(1), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const parsed = parseInput(removeUserHomesInput, { sipAddresses: input.args });
    const all = await listAll(session, "");
    const chosen = all.filter(({ sipAddress }) => parsed.sipAddresses.includes(sipAddress));
    if (chosen.length === 0) {
      throw new AppError("not_found", "None of these users has a home pool.");
    }
    if (input.whatIf) {
      terminal.write(`${chosen.length} would be removed.\n`);
      return "done";
    }
    const asks = mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true });
    if (asks && !(await isConfirmed(terminal, "Remove these home pools?"))) {
      return "declined";
    }
    const { removed } = await removeUserHomes(session.context(), parsed);
    terminal.write(`${removed} removed.\n`);
    return "done";
  },
});

export const commands = [getUserHome, setHome, removeHome];

async function listAll(session: Session, q: string): Promise<readonly UserHome[]> {
  return everyPage(async (page) => {
    const search = { q, sort: "sipAddress", order: "asc", page } as const;
    const found = await listUserHomes(session.context(), search);
    return { ...found, items: found.userHomes };
  });
}
