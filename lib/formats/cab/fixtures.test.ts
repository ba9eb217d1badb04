import { expect, test } from "vitest";
import { z } from "zod";
import { readAll, readFixture } from "#formats/cab/testing/read-all";

const expected = z
  .object({
    cabinets: z.array(z.string()),
    members: z.record(z.string(), z.object({ size: z.number(), sha256: z.string() })),
  })
  .parse(JSON.parse(Buffer.from(readFixture("expected.json")).toString("utf8")));

const expectedDigests = Object.entries(expected.members).map(
  ([name, { sha256 }]) => [name.replaceAll("\\", "/"), sha256] as const,
);

test.each(expected.cabinets)(
  "unpacks every entry of %s to the digest its writer stated",
  (name) => {
    const { entries, unverifiedBlocks } = readAll(readFixture(name));

    const digests = [...entries].map(([path, { sha256 }]) => [path, sha256]);
    expect(digests.toSorted()).toEqual(expectedDigests.toSorted());
    expect(unverifiedBlocks).toBe(0);
  },
);
