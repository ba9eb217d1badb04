import type { Command } from "commander";
import { z } from "zod";
import { collect } from "#programs/cli/command";
import { identitiesInText } from "#programs/cli/identities-in-text";
import type { NamedRule } from "#programs/cli/identity";
import { parsePoolName, parseRuleIdentity } from "#programs/cli/identity";
import type { RuleFilter } from "#programs/cli/rule-filter";
import {
  isNarrowing,
  matchesFilter,
  pickNamed,
  ruleFilterOptions,
} from "#programs/cli/rule-filter";
import type { Session } from "#programs/cli/session";
import { AppError } from "#foundation/core/errors";
import type { Rule } from "#firmware/rules/model";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";
import { listEveryRule } from "#firmware/rules/server/list-every-rule";
import { optionName } from "#programs/cli/option-name";
import { RULE_FACETS } from "#firmware/rules/facets";

/** What says which rules are meant; shared by every command that takes rules. */
export const selectionOptions = {
  args: z.array(z.string()),
  identity: z.array(z.string()).default([]),
  ...ruleFilterOptions,
};

export type Selection = RuleFilter & {
  readonly args: readonly string[];
  readonly identity: readonly string[];
};

export type SelectedRules = {
  readonly rules: readonly Rule[];
  /** Identities that are no rule's. */
  readonly missing: readonly NamedRule[];
};

export function addSelectionOptions(command: Command): Command {
  command
    .argument(
      "[identity...]",
      "service:WebServer:<pool>/<guid>, the GUID alone, or - for standard input",
    )
    .option("--identity <identity>", "the same as an option, as the cmdlet has it", collect)
    .option("--filter <pattern>", "rules whose identity matches; * and ? are wildcards", collect);
  for (const facet of RULE_FACETS) {
    const option = optionName(facet);
    const name = option.replaceAll("-", " ").trim();
    command.option(`${option} <pattern>`, `rules whose ${name} matches; may be repeated`, collect);
  }
  return command
    .option("--pending", "rules that have a pending version")
    .option("--approved", "rules that have an approved version")
    .option("--unapproved", "rules that have no approved version");
}

/** Whether anything at all says which rules are meant. */
export function isSelective(selection: Selection): boolean {
  return selection.args.length + selection.identity.length > 0 || isNarrowing(selection);
}

/** The rules that are named, if any are, else all; of these those that every filter lets through. */
export async function selectRules(session: Session, selection: Selection): Promise<SelectedRules> {
  await requireKnownPoolsUnchecked(selection.pool.map(parsePoolName).filter(isPlainName));
  const isNamed = selection.args.length + selection.identity.length > 0;
  const named = await readNames(session, selection);
  const all = (await listEveryRule(session.context())).toSorted(inReadingOrder);
  const { found, missing } = isNamed ? pickNamed(all, named) : { found: all, missing: [] };
  return { rules: found.filter((rule) => matchesFilter(rule, selection)), missing };
}

/** A pattern may match nothing; a name without wildcards that is no pool's is a mistake. */
function isPlainName(pattern: string): boolean {
  return !/[*?]/.test(pattern);
}

/** Throws `not_found` for what is missing; for commands that cannot go on without. */
export function requireNoneMissing(missing: readonly NamedRule[]): void {
  const [first, ...others] = missing;
  if (first !== undefined) {
    const more = others.length === 0 ? "" : `, and ${others.length} more of those named are none`;
    throw new AppError("not_found", `There is no rule ${first.identity}${more}.`);
  }
}

async function readNames(
  { terminal }: Session,
  { args, identity }: Pick<Selection, "args" | "identity">,
): Promise<readonly NamedRule[]> {
  const texts = await Promise.all(
    [...args, ...identity]
      // Standard input can be read once.
      .filter((text, index, all) => text !== "-" || all.indexOf("-") === index)
      .map(async (text) => (text === "-" ? identitiesInText(await terminal.readInput()) : [text])),
  );
  return texts.flat().map(parseRuleIdentity);
}

function inReadingOrder(left: Rule, right: Rule): number {
  return sortKey(left).localeCompare(sortKey(right), "en");
}

function sortKey({ poolFqdn, hardware, updateType, id }: Rule): string {
  const { brand, model, revision, locale } = hardware;
  return [poolFqdn, brand, model, revision, locale, updateType, id].join("\0");
}
