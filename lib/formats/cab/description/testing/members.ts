import type { GivenDetails } from "#formats/cab/description/given-details";
import type { PackageMember } from "#formats/cab/description/model";
import { fileNameOf } from "#formats/cab/description/member-paths";

/** A member whose digest is derived from its path, so that two members differ unless a test overrides it. */
export function aMember(path: string, overrides: Partial<PackageMember> = {}): PackageMember {
  const sha256 = Buffer.from(path).toString("hex").padEnd(64, "0").slice(-64);
  return { path, sizeBytes: 1_000, sha256, ...overrides };
}

export function anXml(path: string, text: string): PackageMember {
  return aMember(path, { sizeBytes: text.length, text });
}

/** Details for a CX600 image at the path. */
export function someDetails(path: string, overrides: Partial<GivenDetails> = {}): GivenDetails {
  return { path, ...CX600, ...overrides };
}

export const CX600 = {
  deviceType: "UCPhone",
  brand: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
  version: "4.0.7577.4387",
  updateType: "CPE",
} as const;

/** An `updateInfo.xml` update that writes every field as an element. */
export function anUpdateElement(
  overrides: Partial<Record<keyof typeof CX600 | "fileName", string>> = {},
): string {
  const fields = Object.entries({ ...CX600, ...overrides });
  return `<Update>${fields.map(([name, value]) => `<${name}>${value}</${name}>`).join("")}</Update>`;
}

export function aManifest(path: string, ...updates: readonly string[]): PackageMember {
  return anXml(path, `<Updates><Updates>${updates.join("")}</Updates></Updates>`);
}

/** Only the names, to keep expectations readable. */
export function namesOf(
  files: readonly { readonly role: string; readonly path: string }[],
): readonly string[] {
  return files.map(({ role, path }) => `${role}:${fileNameOf(path)}`);
}
