import "server-only";
import type { StateSelection } from "#fleet/devices/kind";
import type { UpdateState } from "#fleet/devices/model";
import {
  listContentWithoutKind,
  listPhonesByMark,
  listPoolKinds,
} from "#fleet/devices/server/read-inventory";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { RuleTable } from "#phones/check/rule-table";
import {
  judgeContent,
  judgePhone,
  notableMarks,
  ruledHardware,
} from "#phones/inventory/judge-phone";

/**
 * Decides which phones are in one of the states: over kinds, and one by one for the few phones about which more than
 * their kind decides (test devices and phones with suspended offers). The caller checks the permission.
 */
export async function selectPhones(
  context: UseCaseContext,
  rules: RuleTable,
  states: readonly UpdateState[],
): Promise<StateSelection> {
  const hardwareKeys = ruledHardware(rules);
  const [kinds, contents, phones] = await Promise.all([
    listPoolKinds(context),
    listContentWithoutKind(context, hardwareKeys),
    listPhonesByMark(context, notableMarks(rules)),
  ]);
  const isWanted = ({ state }: { readonly state: UpdateState }): boolean => states.includes(state);
  return {
    kinds: kinds.filter((kind) => isWanted(judgeContent(rules, kind))),
    contents: contents.filter((content) => isWanted(judgeContent(rules, content))),
    ruledHardware: hardwareKeys,
    hasUnruled: states.includes("unknown"),
    judgedIds: phones.map(({ id }) => id),
    matchingIds: phones.filter((phone) => isWanted(judgePhone(rules, phone))).map(({ id }) => id),
  };
}
