import type { Hardware } from "#foundation/core/hardware";

/** The display name of a rule: "POLYCOM CX600 A ENU CPE". */
export function toRuleName({
  hardware: { brand, model, revision, locale },
  updateType,
}: {
  readonly hardware: Hardware;
  readonly updateType: string;
}): string {
  return [brand, model, revision, locale, updateType].filter((part) => part !== "").join(" ");
}
