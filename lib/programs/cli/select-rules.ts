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
import { listAllRules } from "#firmware/rules/server/list-all-rules";
import { optionName } from "#programs/cli/common-options";
import { RULE_FACETS } from "#firmware/rules/facets";

/** The arguments and options that select rules. Every command that takes rules has them. */
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
  /** Identities without a rule. */
  readonly missing: readonly NamedRule[];
};

export function addSelectionOptions(command: Command): Command {
  command
    .argument(
      "[identity...]",
      "service:WebServer:<pool>/<guid>, the GUID alone, or - for standard input",
    )
    .option("--identity <identity>", "the same, as the option of the cmdlet", collect)
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

/** Whether any argument or option selects rules. */
export function isSelective(selection: Selection): boolean {
  return selection.args.length + selection.identity.length > 0 || isNarrowing(selection);
}

/** The named rules, or all rules if none is named, that match every filter. */
export async function selectRules(session: Session, selection: Selection): Promise<SelectedRules> {
  await requireKnownPoolsUnchecked(selection.pool.map(parsePoolName).filter(isPlainName));
  const isNamed = selection.args.length + selection.identity.length > 0;
  const named = await readNames(session, selection);
  const all = (await listAllRules(session.context())).toSorted(inReadingOrder);
  const { found, missing } = isNamed ? pickNamed(all, named) : { found: all, missing: [] };
  return { rules: found.filter((rule) => matchesFilter(rule, selection)), missing };
}

/** A pattern may match no pool. A name without wildcards must be a pool, else it is a mistake. */
function isPlainName(pattern: string): boolean {
  return !/[*?]/.test(pattern);
}

/** Throws `not_found` if an identity has no rule. For commands that need all of them. */
export function requireNoneMissing(missing: readonly NamedRule[]): void {
  const [first, ...others] = missing;
  if (first !== undefined) {
    const more =
      others.length === 0 ? "" : `, and ${others.length} of the other identities have none`;
    throw new AppError("not_found", `There is no rule ${first.identity}${more}.`);
  }
}

async function readNames(
  { terminal }: Session,
  { args, identity }: Pick<Selection, "args" | "identity">,
): Promise<readonly NamedRule[]> {
  const texts = await Promise.all(
    [...args, ...identity]
      // Standard input can be read only once.
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
