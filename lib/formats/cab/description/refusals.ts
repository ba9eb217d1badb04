import { toShownName } from "#formats/cab/cab-error";
import { toNameCode } from "#formats/cab/description/model";
import type {
  IgnoredCode,
  IgnoredMember,
  DescriptionFailure,
  PackageMember,
  RefusedPackage,
} from "#formats/cab/description/model";
import { NAME_PROBLEMS, nameProblemText } from "#formats/cab/member-name";

type ContentCode = Exclude<IgnoredCode, `name_${string}`>;

const SENTENCES = {
  no_text: "It is too large to be a description, or not text in the encoding that it declares.",
  unknown_encoding: "It declares the encoding {encoding}, which is not known. Save it as UTF-8.",
  no_xml: "It is not XML that can be read.",
  no_fields: "It names none of the fields that describe an update.",
  no_image: "It belongs to no firmware image.",
  left_out: "The administrator left it out.",
  empty: "It is empty.",
  cabinet_behind: "It is another cabinet behind the end of the first one. Import it by itself.",
  bytes_behind: "It is behind the end of the cabinet, and is neither a signature nor padding.",
} as const satisfies Record<ContentCode, string>;

const NAME_SENTENCES: ReadonlyMap<IgnoredCode, string> = new Map(
  NAME_PROBLEMS.map((problem) => [toNameCode(problem), toSentence(nameProblemText(problem))]),
);

export function ignoreMember(
  path: string,
  code: IgnoredCode,
  values: IgnoredMember["values"] = {},
): IgnoredMember {
  const own: Partial<Record<IgnoredCode, string>> = SENTENCES;
  const sentence = own[code] ?? NAME_SENTENCES.get(code) ?? "";
  const reason = sentence.replaceAll(/\{(\w+)\}/g, (mark, name: string) => values[name] ?? mark);
  return { path, code, reason, values };
}

/** Null for a file whose encoding is known, or of another kind. */
export function ignoreUndecoded({ path, unknownEncoding }: PackageMember): IgnoredMember | null {
  return unknownEncoding === undefined
    ? null
    : ignoreMember(path, "unknown_encoding", { encoding: toShownName(unknownEncoding) });
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
