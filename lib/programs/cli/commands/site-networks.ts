import { z } from "zod";
import type { Command } from "commander";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import type { Field } from "#programs/cli/output/fields";
import { column, replaceControls } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import type { Terminal } from "#programs/cli/terminal";
import { readTextFile } from "#programs/cli/read-text-file";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import type { ListedNetwork, NetworkPreview, RefusedLine } from "#fleet/sites/model";
import { siteKey } from "#fleet/sites/model";
import { previewNetworksInput, removeNetworksInput, setNetworksInput } from "#fleet/sites/schema";
import { requireKnownSitesUnchecked } from "#fleet/sites/server/known-sites";
import { listSites } from "#fleet/sites/server/list-sites";
import { previewNetworks } from "#fleet/sites/server/preview-networks";
import { removeNetworks } from "#fleet/sites/server/remove-networks";
import { setNetworks } from "#fleet/sites/server/set-networks";

type NetworkOfSite = ListedNetwork & { readonly siteName: string };

const FIELDS: readonly Field<NetworkOfSite>[] = [
  column("Network", (one) => one.network),
  column("Site", (one) => one.siteName),
  column("Phones", (one) => one.phones),
  column("Within", (one) => one.within?.network ?? null),
  column("WithinSite", (one) => one.within?.siteName ?? null),
];

const CHANGE_FIELDS: readonly Field<NetworkPreview["networks"][number]>[] = [
  column("Network", (one) => one.network),
  column("Site", (one) => one.siteName),
  column("Change", (one) => one.change),
  column("FromSite", (one) => one.fromSite),
  column("Phones", (one) => one.phones),
  column("Within", (one) => one.within?.network ?? null),
  column("WithinSite", (one) => one.within?.siteName ?? null),
];

const getNetwork = defineCommand({
  name: "get-site-network",
  cmdlet: null,
  summary: "show the networks of sites",
  notes: "A network decides about the phones whose addresses are in no longer one.",
  examples: ["get-site-network", "get-site-network --site Berlin --json"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.option("--site <name>", "only those of this site"));
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    site: z.string().optional(),
    ...formatOptions,
  }),
  run: async (session, { site, ...options }) => {
    const wanted = site === undefined ? [] : [site];
    await requireKnownSitesUnchecked(wanted);
    const sites = await listSites(session.context());
    const networks = sites
      .filter(({ name }) => site === undefined || siteKey(name) === siteKey(site))
      .flatMap(({ name, networks: ofSite }) =>
        ofSite.map((network) => ({ ...network, siteName: name })),
      );
    printItems(session.terminal, networks, { fields: FIELDS, options });
    return "done";
  },
});

const setNetwork = defineCommand({
  name: "set-site-network",
  cmdlet: null,
  summary: "add networks to sites, or move them there; networks that are there already stay",
  notes: [
    "A file has one network per line with its site, as 10.4.0.0/16;Berlin, separated by a semicolon, a comma or a tab.",
    "--site names the site of lines without one. Sites that do not exist are created. Networks that are not named stay",
    "unchanged. If a line cannot be used, nothing is changed. With --what-if, Phones counts the phones that would be at",
    "another site.",
  ].join("\n"),
  examples: [
    "set-site-network 10.4.0.0/16 2001:db8:4::/48 --site Berlin",
    "set-site-network --from-file networks.csv --what-if",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      addConfirmOptions(
        command
          .argument("[network...]", "networks such as 10.4.0.0/16, of the site of --site")
          .option("--site <name>", "the site of networks without one; created if it does not exist")
          .option("--from-file <file>", "reads networks and sites from a text or CSV file"),
      ),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()),
    site: z.string().optional(),
    fromFile: z.string().optional(),
    ...confirmOptions,
    ...formatOptions,
  }),
  run: async (session, input) => {
    const { terminal } = session;
    const parsed = parseInput(previewNetworksInput, {
      text: await readNetworks(input),
      defaultSite: input.site ?? null,
    });
    const { networks, refused, newSites } = await previewNetworks(session.context(), parsed);
    requireUsable(
      networks,
      refused.map(input.fromFile === undefined ? toSentence : toLine),
      terminal,
    );
    if (input.whatIf) {
      if (newSites.length > 0) {
        terminal.tell(`New sites: ${newSites.join(", ")}\n`);
      }
      printItems(terminal, networks, { fields: CHANGE_FIELDS, options: input });
      return "done";
    }
    const asks = mustAsk(input, { canAsk: terminal.canAsk, isRemoval: false });
    if (asks && !(await isConfirmed(terminal, `Set ${networks.length} networks?`))) {
      return "declined";
    }
    const wanted = networks.map(({ network, siteName }) => ({ network, siteName }));
    const report = await setNetworks(
      session.context(),
      parseInput(setNetworksInput, { networks: wanted }),
    );
    terminal.tell(`${report.added} added, ${report.moved} moved, ${report.unchanged} unchanged.\n`);
    return "done";
  },
});

const removeNetwork = defineCommand({
  name: "remove-site-network",
  cmdlet: null,
  summary: "remove networks from their sites",
  notes: "Their phones are then at the site of the next larger network, or of their pool.",
  examples: ["remove-site-network 10.4.0.0/16", "remove-site-network 10.4.0.0/16 --what-if"],
  needsDatabase: true,
  configure: (command: Command) => {
    addConfirmOptions(command.argument("<network...>", "networks such as 10.4.0.0/16"));
  },
  input: z.strictObject({ args: z.array(z.string()).min(1), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const parsed = parseInput(removeNetworksInput, { networks: input.args });
    if (input.whatIf) {
      const sites = await listSites(session.context());
      const present = sites.flatMap(({ networks }) => networks);
      const chosen = present.filter(({ network }) => parsed.networks.includes(network));
      const phones = chosen.reduce((sum, one) => sum + one.phones, 0);
      terminal.write(`${chosen.length} would be removed. Phones in them: ${phones}.\n`);
      return "done";
    }
    const asks = mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true });
    if (asks && !(await isConfirmed(terminal, "Remove these networks?"))) {
      return "declined";
    }
    const removed = await removeNetworks(session.context(), parsed);
    terminal.write(`${removed} removed.\n`);
    return "done";
  },
});

export const commands = [getNetwork, setNetwork, removeNetwork];

type Source = { readonly args: readonly string[]; readonly fromFile?: string | undefined };

async function readNetworks({ args, fromFile }: Source): Promise<string> {
  if ((args.length === 0) === (fromFile === undefined)) {
    throw new AppError("invalid_input", "Name networks, or a file with --from-file.");
  }
  return fromFile === undefined ? args.join("\n") : readTextFile(fromFile);
}

/** Refuses a list with a line that cannot be used. A refusal is one line, so several are told before it. */
function requireUsable(
  networks: readonly unknown[],
  refused: readonly string[],
  terminal: Pick<Terminal, "tell">,
): void {
  const [only, ...others] = refused;
  if (only !== undefined && others.length === 0) {
    throw new AppError("invalid_input", only);
  }
  if (refused.length > 0) {
    terminal.tell(refused.map((line) => `${replaceControls(line)}\n`).join(""));
    throw new AppError("invalid_input", `${refused.length} networks cannot be used.`);
  }
  if (networks.length === 0) {
    throw new AppError("invalid_input", "There are no networks in this file.");
  }
}

function toLine(refused: RefusedLine): string {
  return `Line ${refused.line}: ${toSentence(refused)}`;
}

function toSentence({ text, problem, meant }: RefusedLine): string {
  switch (problem) {
    case "not_a_network":
      return `${text} is no network such as 10.4.0.0/16 or 2001:db8:4::/48.`;
    case "no_prefix":
      return `${text} has no prefix length. For this address alone, write ${meant}.`;
    case "host_bits":
      return `${text} has bits set beyond its prefix; the network is ${meant}.`;
    case "no_site":
      return `${text} names no site of 1 to 64 characters.`;
    case "other_site":
      return `${text} is in this list already, with another site.`;
  }
}
