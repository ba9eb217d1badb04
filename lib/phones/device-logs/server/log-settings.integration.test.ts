import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { emptyTables } from "#foundation/platform/testing/database";
import { DEFAULT_LOG_SETTINGS } from "#phones/device-logs/model";
import { changeLogSettings } from "#phones/device-logs/server/change-log-settings";
import { listLogSettings } from "#phones/device-logs/server/list-log-settings";

beforeEach(() => emptyTables());

test("a change keeps what another person changed in the meantime, also at the same time", async () => {
  await Promise.all(
    [
      { maxFileSizeBytes: 2_048_000 },
      { cleanUpTimeOfDay: "04:30" },
      { cleanUpIntervalDays: 30 },
    ].map((settings) => changeLogSettings(aContext(), { siteName: null, settings })),
  );
  expect(await listLogSettings(aContext())).toMatchObject([
    {
      siteName: null,
      settings: {
        ...DEFAULT_LOG_SETTINGS,
        maxFileSizeBytes: 2_048_000,
        cleanUpTimeOfDay: "04:30",
        cleanUpIntervalDays: 30,
      },
    },
  ]);
  await changeLogSettings(aContext(), { siteName: null, settings: { cleanUpTimeOfDay: null } });
  expect(await listLogSettings(aContext())).toMatchObject([
    { settings: { maxFileSizeBytes: 2_048_000, cleanUpTimeOfDay: null } },
  ]);
});
