import "server-only";
import type { StateSelection } from "#fleet/devices/kind";
import type { PhoneFigure, UpdateState } from "#fleet/devices/model";
import {
  listContentWithoutKind,
  listPhonesByMark,
  listPoolKinds,
} from "#fleet/devices/server/read-inventory";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { RuleTable } from "#phones/check/rule-table";
import {
  isWaitingForTest,
  judgeContent,
  judgePhone,
  notableMarks,
  ruledHardware,
} from "#phones/inventory/judge-phone";

type WaitingContent = Parameters<typeof isWaitingForTest>[1];

/**
 * Decides which phones are behind one of the figures: over kinds, and one by one for the few phones about which more than
 * their kind decides (test devices and phones with suspended offers). The caller checks the permission.
 */
export async function selectPhones(
  context: UseCaseContext,
  rules: RuleTable,
  states: readonly PhoneFigure[],
): Promise<StateSelection> {
  const hardwareKeys = ruledHardware(rules);
  const [kinds, contents, phones] = await Promise.all([
    listPoolKinds(context),
    listContentWithoutKind(context, hardwareKeys),
    listPhonesByMark(context, notableMarks(rules)),
  ]);
  const isOfTest = states.includes("waiting_for_test");
  const isWanted = (content: WaitingContent, { state }: { readonly state: UpdateState }): boolean =>
    states.includes(state) || (isOfTest && isWaitingForTest(rules, content));
  return {
    kinds: kinds.filter((kind) => isWanted(kind, judgeContent(rules, kind))),
    contents: contents.filter((content) => isWanted(content, judgeContent(rules, content))),
    ruledHardware: hardwareKeys,
    hasUnruled: states.includes("unknown"),
    judgedIds: phones.map(({ id }) => id),
    matchingIds: phones
      .filter((phone) => isWanted(phone, judgePhone(rules, phone)))
      .map(({ id }) => id),
    hasSilent: states.includes("silent"),
    hasTroubled: states.includes("in_trouble"),
  };
}
