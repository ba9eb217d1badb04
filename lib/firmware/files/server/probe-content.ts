import "server-only";
import { randomUUID } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "#foundation/core/error-code";
import { contentBackend } from "#firmware/files/server/content-backend";
import { isContentStoreReachable } from "#firmware/files/server/content-store-identity";

export type ContentState = "ok" | "unwritable" | "gone";

/**
 * Whether the content store can be read and written, by writing to it. `isExpected`: content has been stored before, so
 * a missing directory is a loss and not a new installation. Object storage that is away cannot be written either, while
 * copies on this host are served.
 */
export async function probeContent(isExpected: boolean): Promise<ContentState> {
  const store = contentBackend();
  if (store.kind === "objects") {
    return (await isContentStoreReachable()) ? "ok" : "unwritable";
  }
  const directory = join(store.directory, "files");
  try {
    if (!(await stat(directory)).isDirectory()) {
      return "unwritable";
    }
  } catch (error) {
    if (isMissing(error)) {
      return isExpected ? "gone" : "ok";
    }
    return "gone";
  }
  const path = join(directory, `.probe-${randomUUID()}`);
  try {
    await writeFile(path, "", { flag: "wx", mode: 0o600 });
    return "ok";
  } catch {
    return "unwritable";
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}
