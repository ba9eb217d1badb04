import type { DescribedUpdate, RefusedPackage } from "#formats/cab/description/model";
import { refusePackage } from "#formats/cab/description/refusals";
import { imageKey } from "#foundation/core/hardware";

type MergedUpdates =
  { readonly kind: "merged"; readonly updates: readonly DescribedUpdate[] } | RefusedPackage;

/**
 * Merges to one update for each kind of image. Identical duplicates are allowed (a manifest in every nested
 * cabinet). Two versions, or two contents of one version, are refused: it is unclear which one phones should get.
 */
export function mergeUpdates(updates: readonly DescribedUpdate[]): MergedUpdates {
  const byImage = new Map<string, DescribedUpdate>();
  for (const update of updates) {
    const key = imageKey(update.hardware, update.updateType);
    const earlier = byImage.get(key);
    const refusal = earlier === undefined ? null : findConflict(earlier, update);
    if (refusal !== null) {
      return refusal;
    }
    byImage.set(key, earlier ?? update);
  }
  return { kind: "merged", updates: [...byImage.values()] };
}

function findConflict(earlier: DescribedUpdate, update: DescribedUpdate): RefusedPackage | null {
  const { version, updateType } = update;
  const phone = phoneOf(update);
  const path = update.files[0]?.path ?? updateType;
  if (version !== earlier.version) {
    const otherVersion = earlier.version;
    return refusePackage("conflicting_versions", {
      path,
      problem: `it contains version ${version} and version ${otherVersion} of ${updateType} for ${phone} in the same package.`,
      values: { version, otherVersion, updateType, phone },
    });
  }
  return contentOf(earlier) === contentOf(update)
    ? null
    : refusePackage("conflicting_content", {
        path,
        problem: `it contains different content for version ${version} of ${updateType} for ${phone} in the same package.`,
        values: { version, updateType, phone },
      });
}

function phoneOf({ hardware: { brand, model, revision, locale } }: DescribedUpdate): string {
  return `${brand} ${model} ${revision} ${locale}`;
}

/** Ignores the description file: phones do not run it. */
function contentOf({ files }: DescribedUpdate): string {
  return files
    .filter(({ role }) => role !== "description")
    .map(({ role, sha256 }) => `${role}:${sha256}`)
    .join(" ");
}
