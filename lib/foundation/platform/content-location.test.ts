import { resolve } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The settings are read once per process, which other test files share. */
function forgetSettings(): void {
  vi.unstubAllEnvs();
  vi.resetModules();
  Reflect.deleteProperty(globalThis, Symbol.for("ucupdates.once-per-process"));
}

beforeEach(forgetSettings);
afterEach(forgetSettings);

async function locationOf(value: string): Promise<unknown> {
  vi.stubEnv("CONTENT_STORE", value);
  vi.stubEnv("DATA_DIRECTORY", "/srv/data");
  const { contentLocation } = await import("#foundation/platform/content-location");
  return contentLocation();
}

test.each([
  ["", { kind: "directory", directory: "/srv/data" }],
  ["/mnt/shared", { kind: "directory", directory: "/mnt/shared" }],
  ["shared", { kind: "directory", directory: resolve("shared") }],
  ["s3://firmware", { kind: "s3", bucket: "firmware", prefix: "" }],
  ["s3://firmware/", { kind: "s3", bucket: "firmware", prefix: "" }],
  ["s3://firmware/desk/phones/", { kind: "s3", bucket: "firmware", prefix: "desk/phones/" }],
])("reads CONTENT_STORE=%s", async (value, location) => {
  expect(await locationOf(value)).toEqual(location);
});

test.each(["s3://", "s3:/firmware", "s3://UPPER/x", "s3://a"])("refuses %s", async (value) => {
  await expect(locationOf(value)).rejects.toThrow(
    "CONTENT_STORE must be a directory, or a bucket such as s3://firmware/ucupdates.",
  );
});
