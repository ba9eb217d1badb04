import "server-only";

import { isLeftover } from "#firmware/files/staging-name";
import { contentBackend } from "#firmware/files/server/content-backend";
import { stagingWitness, sweepStaging } from "#firmware/files/server/staging";
import { listUploadObjects } from "#firmware/files/server/uploads";

/**
 * Removes uploads that no job needs and no process receives, and work directories of dead processes. `keep` has the names
 * of needed uploads. Returns the removed names.
 */
export async function sweepUploads(keep: ReadonlySet<string>): Promise<readonly string[]> {
  const store = contentBackend();
  const removed = [...(await sweepStaging(keep))];
  if (store.kind === "directory") {
    return removed;
  }
  const witness = await stagingWitness();
  for await (const { name, changedAt, isUnfinished, remove } of listUploadObjects(store.objects)) {
    const ageMs = Date.now() - changedAt.getTime();
    if (!keep.has(name) && isLeftover(name, { ageMs, isGrowing: isUnfinished }, witness)) {
      await remove();
      removed.push(name);
    }
  }
  return removed;
}
