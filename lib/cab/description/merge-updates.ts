import type { DescribedUpdate, RefusedPackage } from "#lib/cab/description/model";
import { refusePackage } from "#lib/cab/description/refuse-package";
import { imageKey } from "#lib/core/hardware";

type MergedUpdates =
  { readonly kind: "merged"; readonly updates: readonly DescribedUpdate[] } | RefusedPackage;

/**
 * One update for each kind of image. Saying the same twice is harmless (a manifest in every nested
 * cabinet); two versions, or two contents of one version, leave no telling which phones should get.
 */
export function mergeUpdates(updates: readonly DescribedUpdate[]): MergedUpdates {
  const byImage = new Map<string, DescribedUpdate>();
  for (const update of updates) {
    const key = imageKey(update.hardware, update.updateType);
    const earlier = byImage.get(key);
    const difference = earlier === undefined ? null : differenceOf(earlier, update);
    if (earlier !== undefined && difference !== null) {
      return refuseConflict(earlier, update, difference);
    }
    byImage.set(key, earlier ?? update);
  }
  return { kind: "merged", updates: [...byImage.values()] };
}

function differenceOf(left: DescribedUpdate, right: DescribedUpdate): string | null {
  if (left.version !== right.version) {
    return `version ${right.version} beside version ${left.version}`;
  }
  return contentOf(left) === contentOf(right) ? null : `other content for version ${left.version}`;
}

/** The description file may differ: it says nothing that phones run. */
function contentOf({ files }: DescribedUpdate): string {
  return files
    .filter(({ role }) => role !== "description")
    .map(({ role, sha256 }) => `${role}:${sha256}`)
    .join(" ");
}

function refuseConflict(
  earlier: DescribedUpdate,
  update: DescribedUpdate,
  difference: string,
): RefusedPackage {
  const { brand, model, revision, locale } = update.hardware;
  const [image] = update.files;
  return refusePackage(
    "conflicting_updates",
    image?.path ?? earlier.updateType,
    `it brings ${difference} of ${update.updateType} for ${brand} ${model} ${revision} ${locale} in the same package.`,
  );
}
