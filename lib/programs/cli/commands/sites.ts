import { z } from "zod";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, removeConfirmed } from "#programs/cli/confirm";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import type { Session } from "#programs/cli/session";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import type { SiteOverview } from "#fleet/sites/model";
import { siteKey } from "#fleet/sites/model";
import { createSiteInput, renameSiteInput } from "#fleet/sites/schema";
import { createSite } from "#fleet/sites/server/create-site";
import { listSites } from "#fleet/sites/server/list-sites";
import { removeSite } from "#fleet/sites/server/remove-site";
import { renameSite } from "#fleet/sites/server/rename-site";

const FIELDS: readonly Field<SiteOverview>[] = [
  column("Name", (site) => site.name),
  column("Phones", (site) => site.phones),
  column("Pools", (site) => site.pools),
  column("NetworkCount", (site) => site.networks.length),
  detail("Networks", (site) => site.networks.map(({ network }) => network)),
  detail("TestDevices", (site) => site.testDevices),
  detail("HasLogSettings", (site) => site.hasLogSettings),
  detail("Id", (site) => site.id),
];

const getSite = defineCommand({
  name: "get-site",
  cmdlet: null,
  summary: "show the sites with their phones, pools and networks",
  notes:
    "A phone is at the site of the network that contains its address; if no network contains it, at the site of its pool.",
  examples: ["get-site", "get-site Berlin --list"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.argument("[site...]", "names of sites"));
  },
  input: z.strictObject({ args: z.array(z.string()), ...formatOptions }),
  run: async (session, input) => {
    const sites = await listSites(session.context());
    const shown = input.args.length === 0 ? sites : input.args.map((name) => find(sites, name));
    printItems(session.terminal, shown, { fields: FIELDS, options: input });
    return "done";
  },
});

const newSite = defineCommand({
  name: "new-site",
  cmdlet: null,
  summary: "add a site",
  notes: "new-pool, set-pool and set-site-network add sites that do not exist, too.",
  examples: ["new-site Berlin"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.argument("<site>", "its name"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...formatOptions }),
  run: async (session, input) => {
    const parsed = parseInput(createSiteInput, { name: input.args[0] });
    const { name } = await createSite(session.context(), parsed);
    const created = await requireSite(session, name);
    printItems(session.terminal, [created], { fields: FIELDS, options: input });
    return "done";
  },
});

const setSite = defineCommand({
  name: "set-site",
  cmdlet: null,
  summary: "rename a site",
  examples: ["set-site Berlin --name Potsdam"],
  needsDatabase: true,
  configure: (command) => {
    command.argument("<site>", "its name").requiredOption("--name <name>", "its new name");
  },
  input: z.strictObject({ args: z.tuple([z.string()]), name: z.string() }),
  run: async (session, input) => {
    const site = await requireSite(session, input.args[0]);
    const parsed = parseInput(renameSiteInput, { siteId: site.id, name: input.name });
    await renameSite(session.context(), parsed);
    session.terminal.tell(`Changed ${parsed.name}.\n`);
    return "done";
  },
});

const removeSiteCommand = defineCommand({
  name: "remove-site",
  cmdlet: null,
  summary: "remove a site that has no pools and no test devices, with its networks",
  notes: "Its phones are then at the site of the next larger network, or of their pool.",
  examples: ["remove-site Berlin", "remove-site Berlin --what-if"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<site>", "its name"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
  run: async (session, input) => {
    const site = await requireSite(session, input.args[0]);
    return removeConfirmed(session.terminal, input, {
      whatIfText: `${site.name} would be removed. Networks: ${site.networks.length}. Phones at it: ${site.phones}.`,
      question: `Remove ${site.name}?`,
      remove: async () => {
        await removeSite(session.context(), { siteId: site.id });
        session.terminal.tell(`Removed ${site.name}.\n`);
      },
    });
  },
});

export const commands = [getSite, newSite, setSite, removeSiteCommand];

async function requireSite(session: Session, name: string): Promise<SiteOverview> {
  return find(await listSites(session.context()), name);
}

function find(sites: readonly SiteOverview[], name: string): SiteOverview {
  const site = sites.find((candidate) => siteKey(candidate.name) === siteKey(name.trim()));
  if (site === undefined) {
    throw new AppError("not_found", `There is no site ${name}.`);
  }
  return site;
}
