import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { startReceiver } from "#access/notifications/testing/receiver";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";

vi.stubEnv("WEBHOOK_REFUSED_NETWORKS", "none");

beforeEach(async () => {
  await emptyTables();
});

const listed = z.array(z.object({ id: z.string(), kinds: z.array(z.string()) }));

test("creates a webhook, prints its secret once, tests it, shows the result and removes it", async () => {
  const receiver = await startReceiver();
  try {
    const make = ["new-webhook", "--name", "chat", "--url", receiver.url];
    const made = await runCli([...make, "--kind", "brake", "--kind", "disk_low"]);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^whsec_\S+\n$/);
    const shown = await runCli(["get-webhook", "--json"]);
    expect(shown.stdout).not.toContain(made.stdout.trim());
    const [webhook] = listed.parse(parseOutput(shown));
    expect(webhook?.kinds).toEqual(["brake", "disk_low"]);

    expect((await runCli(["test-webhook", webhook?.id ?? ""])).code).toBe(0);
    receiver.behaviour.status = 500;
    expect((await runCli(["test-webhook", webhook?.id ?? ""])).code).not.toBe(0);
    expect(receiver.received).toHaveLength(2);

    const log = await runCli(["get-notification", "--json"]);
    const states = z.array(z.object({ id: z.string(), state: z.string() })).parse(parseOutput(log));
    expect(states.map(({ state }) => state).toSorted()).toEqual(["delivered", "failed"]);
    expect((await runCli(["replay-notification", states[0]?.id ?? ""])).code).toBe(0);
    expect(await db.outgoingMessage.count({ where: { state: "waiting" } })).toBe(1);

    expect((await runCli(["remove-webhook", webhook?.id ?? ""])).code).toBe(0);
    expect(await db.webhook.count()).toBe(0);
  } finally {
    await receiver.stop();
  }
});

test("refuses a URL with credentials, and an unknown kind", async () => {
  const make = ["new-webhook", "--name", "chat", "--url"];
  expect((await runCli([...make, "https://a:b@contoso.com/"])).code).not.toBe(0);
  const kind = ["--kind", "lunch"];
  expect((await runCli([...make, "https://contoso.com/", ...kind])).code).not.toBe(0);
  expect(await db.webhook.count()).toBe(0);
});
