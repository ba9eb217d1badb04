import { toShownName } from "#formats/cab/cab-error";
import { toNameCode } from "#formats/cab/description/model";
import type {
  IgnoredCode,
  IgnoredMember,
  DescriptionFailure,
  RefusedPackage,
} from "#formats/cab/description/model";
import { NAME_PROBLEMS, nameProblemText } from "#formats/cab/member-name";

type ContentCode = Exclude<IgnoredCode, `name_${string}`>;

const SENTENCES = {
  no_text: "It is too large to be a description, or not text in the encoding that it declares.",
  no_xml: "It is not XML that can be read.",
  no_fields: "It names none of the fields that describe an update.",
  no_image: "It belongs to no firmware image.",
  left_out: "The administrator left it out.",
  empty: "It is empty.",
} as const satisfies Record<ContentCode, string>;

const NAME_SENTENCES: ReadonlyMap<IgnoredCode, string> = new Map(
  NAME_PROBLEMS.map((problem) => [toNameCode(problem), toSentence(nameProblemText(problem))]),
);

export function ignoreMember(path: string, code: IgnoredCode): IgnoredMember {
  const own: Partial<Record<IgnoredCode, string>> = SENTENCES;
  return { path, code, reason: own[code] ?? NAME_SENTENCES.get(code) ?? "" };
}

function toSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Refusal = {
  readonly path: string;
  /** Printed after the quoted path: starts in lower case and ends with a full stop. */
  readonly problem: string;
  readonly values?: RefusedPackage["values"];
};

export function refusePackage(
  reason: DescriptionFailure,
  { path, problem, values = {} }: Refusal,
): RefusedPackage {
  return { kind: "refused", reason, path, message: `“${toShownName(path)}”: ${problem}`, values };
}
