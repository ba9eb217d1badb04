import { expect, test } from "vitest";
import { checkAnswer, problem } from "#formats/protocol/json-answer";

const FILE = {
  role: "image",
  fileName: "CPE.nbt",
  size: 33554432,
  sha256: "ab".repeat(32),
  internalUrl:
    "http://pool01.contoso.com/api/update/files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt",
  externalUrl:
    "https://web.contoso.com/api/update/external/files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt",
};

const ANSWER = {
  schema: 1,
  downloads: 1,
  nextCheckSeconds: 86400,
  idleSecondsBeforeInstall: 300,
  channel: "approved",
  modules: [
    { updateType: "CPE", fromVersion: "4.0.7577.4363", version: "4.0.7577.4387", files: [FILE] },
  ],
};

test("reads the published answers", () => {
  expect(checkAnswer.parse(ANSWER)).toEqual(ANSWER);
  expect(checkAnswer.parse({ ...ANSWER, downloads: 0, modules: [] })).toMatchObject({
    modules: [],
  });
});

test("ignores unknown fields", () => {
  expect(checkAnswer.parse({ ...ANSWER, motd: "hello" })).toEqual(ANSWER);
});

test.each([
  ["has a count that differs from its list", { downloads: 2 }],
  ["has no wait before the next check", { nextCheckSeconds: 0 }],
  [
    "has a digest of another length",
    { modules: [{ ...ANSWER.modules[0], files: [{ ...FILE, sha256: "ab" }] }] },
  ],
  [
    "has a URL that is not HTTP",
    {
      modules: [{ ...ANSWER.modules[0], files: [{ ...FILE, internalUrl: "file:///etc/passwd" }] }],
    },
  ],
  ["offers a module without files", { modules: [{ ...ANSWER.modules[0], files: [] }] }],
])("refuses an answer that %s", (_what, overrides) => {
  expect(checkAnswer.safeParse({ ...ANSWER, ...overrides }).success).toBe(false);
});

test("reads a refusal, also with few fields", () => {
  expect(problem.parse({})).toEqual({ type: "about:blank" });
  expect(
    problem.parse({
      type: "/problems/invalid-input",
      status: 400,
      errors: [{ path: "body.device", message: "x" }],
    }),
  ).toMatchObject({
    errors: [{ path: "body.device" }],
  });
});
