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
    const failed = await runCli(["test-webhook", webhook?.id ?? ""]);
    expect(failed.code).toBe(8);
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

test("changes a webhook, switches it off and on, and replaces its secret", async () => {
  const made = await runCli(["new-webhook", "--name", "chat", "--url", "https://contoso.com/a"]);
  const { id } = await db.webhook.findFirstOrThrow();

  const change = ["set-webhook", id, "--name", "alarms", "--url", "https://contoso.com/b"];
  expect((await runCli([...change, "--kind", "brake", "--disable"])).code).toBe(0);
  expect(await db.webhook.findFirstOrThrow()).toMatchObject({
    name: "alarms",
    url: "https://contoso.com/b",
    kinds: ["brake"],
    isEnabled: false,
  });
  expect((await runCli(["set-webhook", id, "--enable"])).code).toBe(0);
  expect(await db.webhook.findFirstOrThrow()).toMatchObject({ name: "alarms", isEnabled: true });

  const rotated = await runCli(["rotate-webhook-secret", id]);
  expect(rotated.stdout).toMatch(/^whsec_\S+\n$/);
  expect(rotated.stdout).not.toBe(made.stdout);

  expect((await runCli(["set-webhook", id])).code).toBe(2);
  expect((await runCli(["set-webhook", id, "--enable", "--disable"])).code).toBe(2);
  const unknown = await runCli(["set-webhook", id, "--kind", "lunch"]);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toMatch(/^ucupdates: --kind: One of import_done, /);
  const missing = "00000000-0000-4000-8000-000000000000";
  expect((await runCli(["set-webhook", missing, "--disable"])).code).toBe(3);
});

test("refuses a URL with credentials, and an unknown kind", async () => {
  const make = ["new-webhook", "--name", "chat", "--url"];
  expect((await runCli([...make, "https://a:b@contoso.com/"])).code).not.toBe(0);
  const kind = ["--kind", "lunch"];
  expect((await runCli([...make, "https://contoso.com/", ...kind])).code).not.toBe(0);
  expect(await db.webhook.count()).toBe(0);
});
