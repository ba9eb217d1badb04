import { beforeEach, expect, test } from "vitest";
import { runCli } from "#programs/cli/testing/run-cli";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPool } from "#firmware/rules/testing/rules";

/** A list that is only partly written must not look complete. */

const ROWS = 20_000;

beforeEach(async () => {
  await emptyTables();
  const { id: poolId } = await aPool();
  await db.userHome.createMany({
    data: Array.from({ length: ROWS }, (_, index) => ({
      sipAddress: `user${index}@contoso.com`,
      poolId,
      updatedBy: "anna",
    })),
  });
});

test.each(["csv", "json"])(
  "says that an export as %s was stopped before its end",
  async (format) => {
    const { code, stdout, stderr } = await runCli(
      ["export-list", "user-homes", "--format", format],
      {
        interruptedAtOutput: true,
      },
    );

    expect(stdout.split("\n").length).toBeLessThan(ROWS);
    expect(stdout).not.toMatch(/\]\s*$/);
    expect(stderr).toBe("ucupdates: Stopped before the command was complete.\n");
    expect(code).toBe(130);
  },
);

test("is silent when the reader of an export closes the pipe", async () => {
  const options = { closesOutputEarly: true };
  const { code, stderr } = await runCli(["export-list", "user-homes"], options);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test.each([["export-list", "user-homes"], ["get-pool"]])(
  "says that the output of %s does not fit on its disk",
  async (...args) => {
    const { code, stderr } = await runCli(args, { outputFile: "/dev/full" });

    expect(stderr).toBe("ucupdates: The disk that the output is on is full.\n");
    expect(code).toBe(7);
  },
);
