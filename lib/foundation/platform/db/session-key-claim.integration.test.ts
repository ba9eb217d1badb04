import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { SESSION_KEY_SPACE } from "#foundation/platform/db/advisory-locks";
import { joinHosts } from "#foundation/platform/db/content-store-claim";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import {
  sealForHosts,
  sessionKeyNumber,
  warnOfOtherSessionKey,
} from "#foundation/platform/db/session-key-claim";
import { log } from "#foundation/platform/log";
import { unseal } from "#foundation/platform/seal";

const leaving: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(leaving.splice(0).map((leave) => leave()));
});

async function thisHost(): Promise<void> {
  const store = { id: randomUUID(), name: "/srv/ucupdates" };
  leaving.push((await joinHosts(() => Promise.resolve(store))).release);
}

/** A host holds the lock of its key in a session of its name. */
async function hostWithKey(number: number): Promise<void> {
  const client = new pg.Client({
    connectionString: directDatabaseUrl(),
    application_name: "ucupdates host berlin01",
  });
  await client.connect();
  leaving.push(() => client.end());
  await client.query("select pg_advisory_lock_shared($1, $2)", [SESSION_KEY_SPACE, number]);
}

test("a secret is sealed while the running hosts have the same key, and while none runs", async () => {
  const alone = await sealForHosts("mail password", "mail");
  await thisHost();
  await hostWithKey(sessionKeyNumber());

  const together = await sealForHosts("mail password", "mail");

  expect([alone, together].map((sealed) => unseal(sealed, "mail"))).toEqual([
    "mail password",
    "mail password",
  ]);
});

test("no secret is sealed that a running host could not read", async () => {
  await thisHost();
  await hostWithKey(sessionKeyNumber() ^ 1);

  await expect(sealForHosts("mail password", "mail")).rejects.toMatchObject({
    code: "conflict",
    message:
      "The server on berlin01 could not read the secret, because it has another key than this process: set NEXTAUTH_SECRET to the same value here and there.",
  });
});

test("a host warns at its start of hosts with another key, and of no others", async () => {
  const warn = vi.spyOn(log(), "warn");
  await thisHost();
  await hostWithKey(sessionKeyNumber());
  await warnOfOtherSessionKey();
  expect(warn).not.toHaveBeenCalled();

  await hostWithKey(sessionKeyNumber() ^ 1);
  await warnOfOtherSessionKey();

  expect(warn.mock.calls).toEqual([
    [
      { host: "berlin01" },
      "another host has another key of sessions and stored secrets; set the same NEXTAUTH_SECRET on every host",
    ],
  ]);
});
