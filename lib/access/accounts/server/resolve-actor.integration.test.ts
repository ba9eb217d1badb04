import { beforeEach, expect, test } from "vitest";
import { createAccount } from "#access/accounts/server/create-account";
import { createApiTokenFor } from "#access/accounts/server/create-api-token-for";
import { findActorOfSession, findActorOfToken } from "#access/accounts/server/resolve-actor";
import { insertSession } from "#access/accounts/server/session-store";
import { aContext, NOW } from "#foundation/core/testing/contexts";
import { eventually } from "#foundation/core/testing/eventually";
import { db, inTransaction } from "#foundation/platform/db/client";
import { breakWaiting } from "#foundation/platform/testing/break-waiting";
import { emptyTables } from "#foundation/platform/testing/database";

const LATER = new Date(NOW.getTime() + 120_000);
const ANNA = { name: "anna", role: "operator" };

let secret: string;
let sessionId: string;

beforeEach(async () => {
  await emptyTables();
  await createAccount(aContext(), { ...ANNA, password: "correct horse", role: "operator" });
  ({ secret } = await createApiTokenFor(aContext(), {
    accountName: "anna",
    name: "nightly",
    keepDays: null,
  }));
  const { id } = await db.account.findFirstOrThrow();
  sessionId = await insertSession(db, id, NOW);
});

test("a use is accepted if its time cannot be written", async () => {
  const ofToken = await breakWaiting({ table: "ApiToken", mode: "EXCLUSIVE" }, () =>
    findActorOfToken(secret, LATER),
  );
  const ofSession = await breakWaiting({ table: "Session", mode: "EXCLUSIVE" }, () =>
    findActorOfSession(sessionId, LATER),
  );

  expect(ofToken).toMatchObject({ status: "fulfilled", value: ANNA });
  expect(ofSession).toMatchObject({ status: "fulfilled", value: ANNA });
  // The next use is written.
  await findActorOfToken(secret, LATER);
  await findActorOfSession(sessionId, LATER);
  expect((await db.apiToken.findFirstOrThrow()).lastUsedAt).toEqual(LATER);
  expect((await db.session.findFirstOrThrow()).lastUsedAt).toEqual(LATER);
});

test("a token that is deleted while it is used does not fail the use", async () => {
  const { using } = await inTransaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE "ApiToken" IN EXCLUSIVE MODE`;
    const found = findActorOfToken(secret, LATER);
    await eventually(async () => {
      const waiting = await tx.$queryRaw`
        SELECT pid FROM pg_locks WHERE NOT granted AND relation = '"ApiToken"'::regclass`;
      expect(waiting).toHaveLength(1);
    });
    await tx.apiToken.deleteMany();
    return { using: found };
  });

  expect(await using).toMatchObject(ANNA);
});
