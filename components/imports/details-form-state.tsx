/** The pure part of the form for missing details. */

import type { GivenDetails } from "#formats/cab/description/given-details";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import type { DescribedField } from "#formats/cab/description/model";
import type { MemberSuggestion } from "#firmware/imports/suggest-details";

/** In the order in which a phone is usually named. */
export const FORM_FIELDS = [
  "deviceType",
  "brand",
  "model",
  "revision",
  "locale",
  "version",
  "updateType",
] as const satisfies readonly DescribedField[];

export type DetailsAnswer = {
  readonly details: readonly GivenDetails[];
  readonly leftOut: readonly string[];
};

/** Adds a line for another phone with the same image: usually only the model differs. */
export function addLine(member: MemberSuggestion): MemberSuggestion {
  const last = member.lines.at(-1);
  return last === undefined
    ? member
    : { ...member, lines: [...member.lines, { ...last, model: "" }] };
}

export function removeLine(member: MemberSuggestion, index: number): MemberSuggestion {
  return { ...member, lines: member.lines.filter((_, other) => other !== index) };
}

export function changeLine(
  member: MemberSuggestion,
  index: number,
  change: Partial<Record<DescribedField, string>>,
): MemberSuggestion {
  const lines = member.lines.map((line, other) =>
    other === index ? { ...line, ...change } : line,
  );
  return { ...member, lines };
}

export function toAnswer(members: readonly MemberSuggestion[]): DetailsAnswer {
  return {
    details: members.flatMap(({ isLeftOut, lines }) => (isLeftOut ? [] : lines)),
    leftOut: members.flatMap(({ isLeftOut, path }) => (isLeftOut ? [path] : [])),
  };
}

/** All values of a field in the form, as suggestions: the next image is often for the same phones. */
export function valuesOf(
  members: readonly MemberSuggestion[],
): Readonly<Record<DescribedField, readonly string[]>> {
  const lines = members.flatMap((member) => member.lines);
  const pick = (field: DescribedField) =>
    [...new Set(lines.map((line) => line[field].trim()))]
      .filter((value) => value !== "")
      .toSorted();
  return {
    deviceType: pick("deviceType"),
    brand: pick("brand"),
    model: pick("model"),
    revision: pick("revision"),
    locale: pick("locale"),
    version: pick("version"),
    updateType: pick("updateType"),
  };
}

type FieldPlace = {
  /** The index of the member. */
  readonly index: number;
  /** The index of its line. */
  readonly line: number;
  readonly field: DescribedField;
};

/** The path of a field in the answer, such as `details.3.version`. */
export function answerPath(
  members: readonly MemberSuggestion[],
  { index, line, field }: FieldPlace,
): string {
  const firstLine = toAnswer(members.slice(0, index)).details.length;
  return `details.${firstLine + line}.${field}`;
}

export function isComplete(members: readonly MemberSuggestion[]): boolean {
  return toAnswer(members).details.every((line) =>
    DESCRIBED_FIELDS.every((field) => line[field].trim() !== ""),
  );
}
