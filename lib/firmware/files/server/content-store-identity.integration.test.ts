import { hostname } from "node:os";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  joinContentStore,
  requireContentStoreOfServers,
} from "#firmware/files/server/content-store-identity";
import { CONTENT_STORE_SPACE } from "#foundation/platform/db/advisory-locks";
import { db } from "#foundation/platform/db/client";
import { joinHosts } from "#foundation/platform/db/content-store-claim";
import type { HeldSession } from "#foundation/platform/db/held-session";

let held: HeldSession[];

beforeEach(() => {
  held = [];
});

afterEach(async () => {
  await Promise.all(held.map(({ release }) => release()));
});

/** A host with a store of its own, as another data directory is. */
async function anotherHost(id: string): Promise<void> {
  held.push(await joinHosts(() => Promise.resolve({ id, name: "/elsewhere" })));
}

async function thisHost(): Promise<void> {
  held.push(await joinContentStore());
}

/** The process ids of the sessions that have joined. */
async function sessionsOfHosts(): Promise<readonly number[]> {
  const rows = await db.$queryRaw<{ readonly pid: number }[]>`
    select pid from pg_locks
      where locktype = 'advisory' and granted and objsubid = 2 and classid::bigint = ${CONTENT_STORE_SPACE}`;
  return rows.map(({ pid }) => pid);
}

test("hosts with one content store share the database", async () => {
  await thisHost();
  await thisHost();

  await requireContentStoreOfServers();
});

test("refuses a host with another content store while the first runs, and not afterwards", async () => {
  await thisHost();

  await expect(anotherHost("other")).rejects.toThrow(
    `The server on ${hostname()} uses this database with another content store than /elsewhere: set CONTENT_STORE on every host to the same shared directory or to the same bucket (s3://bucket/prefix).`,
  );

  await held.pop()?.release();
  await anotherHost("other");
});

test("refuses one of two hosts with different stores that start at the same time", async () => {
  const outcomes = await Promise.allSettled([anotherHost("one"), anotherHost("two")]);

  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("refuses to upload from a process with another content store than the servers", async () => {
  await anotherHost("other");

  await expect(requireContentStoreOfServers()).rejects.toMatchObject({ code: "conflict" });
});

test("joins again after the database ended its session", async () => {
  await thisHost();
  const [ended] = await sessionsOfHosts();
  await db.$queryRaw`select pg_terminate_backend(${ended})`;

  await expect
    .poll(async () => {
      const sessions = await sessionsOfHosts();
      return sessions.map((session) => session !== ended);
    })
    .toEqual([true]);
  await expect(anotherHost("other")).rejects.toMatchObject({ code: "conflict" });
});
