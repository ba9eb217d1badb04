import type { IgnoredCode, IgnoredMember } from "#lib/cab/description/model";

const SENTENCES = {
  no_text: "It is too large to be a description, or not text.",
  no_xml: "It is not XML that can be read.",
  no_fields: "It names none of the fields that describe an update.",
  no_image: "It belongs to no firmware image.",
  left_out: "The administrator left it out.",
} as const satisfies Record<IgnoredCode, string>;

export function ignoreMember(path: string, code: IgnoredCode): IgnoredMember {
  return { path, code, reason: SENTENCES[code] };
}
