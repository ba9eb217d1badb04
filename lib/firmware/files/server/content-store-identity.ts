import "server-only";

import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { contentBackend } from "#firmware/files/server/content-backend";
import { AppError } from "#foundation/core/errors";
import { describeContentStore } from "#foundation/platform/content-location";
import { explainUnwritable } from "#foundation/platform/explain-unwritable";
import { makeDirectory } from "#foundation/platform/make-directory";
import type { ContentStoreIdentity } from "#foundation/platform/db/content-store-claim";
import { joinHosts, requireSharedContentStore } from "#foundation/platform/db/content-store-claim";
import type { HeldSession } from "#foundation/platform/db/held-session";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import type { ObjectStore } from "#foundation/platform/objects/object-store";

const ID = "store-id";

const remembered = z.object({ name: z.string(), id: z.string() });

/**
 * Makes this host one of the hosts that share the database and the content store. Throws `conflict` if a running host
 * uses another content store, and `unavailable` if the store cannot be used.
 */
export function joinContentStore(): Promise<HeldSession> {
  return joinHosts(readIdentity);
}

/** Throws `conflict` if the servers of the database use another content store than this process. */
export async function requireContentStoreOfServers(): Promise<void> {
  await requireSharedContentStore(known().identity ?? (await readIdentity()));
}

/** Whether the content store answers. A directory always does. */
export async function isContentStoreReachable(): Promise<boolean> {
  const store = contentBackend();
  return (
    store.kind === "directory" ||
    store.objects.look(ID).then(
      () => true,
      () => false,
    )
  );
}

/** The identity does not change while a process runs. */
function known(): { identity: ContentStoreIdentity | null } {
  return oncePerProcess("content store identity", () => ({ identity: null }));
}

async function readIdentity(): Promise<ContentStoreIdentity> {
  const identity = await readOrRecallIdentity();
  known().identity = identity;
  return identity;
}

async function readOrRecallIdentity(): Promise<ContentStoreIdentity> {
  const store = contentBackend();
  const name = describeContentStore();
  if (store.kind === "directory") {
    return { name, id: await idOfDirectory(store.directory) };
  }
  try {
    const id = await idOfObjects(store.objects);
    await remember({ name, id });
    return { name, id };
  } catch (error) {
    const recalled = await recall();
    if (recalled?.name !== name) {
      throw error;
    }
    // So that a host can restart and serve its copies while the object storage is away.
    log().warn({ err: error }, "the content store is away; starting with the copies on this host");
    return recalled;
  }
}

async function idOfDirectory(directory: string): Promise<string> {
  try {
    await makeDirectory(directory, 0o700);
    const path = join(directory, ID);
    // "wx": hosts may start at the same time.
    await writeFile(path, randomUUID(), { flag: "wx", mode: 0o600 }).catch(() => undefined);
    return await readFile(path, "utf8");
  } catch (error) {
    throw new AppError(
      "unavailable",
      explainUnwritable(directory, error)
        .replace("The data directory", "The content store")
        .replace("DATA_DIRECTORY", "CONTENT_STORE"),
      { cause: error },
    );
  }
}

/** Hosts join one after the other, so two cannot create the id at the same time. */
async function idOfObjects(objects: ObjectStore): Promise<string> {
  const found = await readId(objects);
  if (found !== null) {
    return found;
  }
  await objects.put(ID, bodyOf(randomUUID()));
  return (await readId(objects)) ?? "";
}

async function readId(objects: ObjectStore): Promise<string | null> {
  const opened = await objects.open(ID);
  if (opened === null) {
    return null;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.body) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

async function* bodyOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

function rememberedPath(): string {
  return join(env().DATA_DIRECTORY, "cache", "content-store.json");
}

async function remember(identity: ContentStoreIdentity): Promise<void> {
  await makeDirectory(dirname(rememberedPath()), 0o700);
  await writeFile(rememberedPath(), JSON.stringify(identity), { mode: 0o600 });
}

async function recall(): Promise<ContentStoreIdentity | null> {
  try {
    return remembered.parse(JSON.parse(await readFile(rememberedPath(), "utf8")));
  } catch {
    return null;
  }
}
