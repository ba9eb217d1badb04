import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PhoneInput, PhoneState } from "#programs/simulator/model";
import { advance, newPhone, nextStep, versionsOf } from "#programs/simulator/phone";
import { anAnswer, anOffer } from "#programs/simulator/testing/answers";

const NOW = new Date("2026-01-05T08:00:00Z");
const FACTORY = { updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4100" };
const QUIET = { timeScale: 1, signsIn: false };

function after(state: PhoneState, inputs: readonly PhoneInput[], habits = QUIET): PhoneState {
  return inputs.reduce((current, input) => advance(current, input, { now: NOW, habits }), state);
}

function sha256Of(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

function inSeconds(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

test("checks when it is switched on", () => {
  expect(nextStep(newPhone(FACTORY), NOW)).toEqual({ kind: "check", trigger: "boot" });
});

test("without an offer waits as long as the answer says, then checks", () => {
  const phone = after(newPhone(FACTORY), [{ kind: "answered", answer: anAnswer() }]);

  expect(nextStep(phone, NOW)).toEqual({
    kind: "wait",
    until: inSeconds(86_400),
    reason: "next_check",
  });
  expect(nextStep(phone, inSeconds(86_400))).toEqual({ kind: "check", trigger: "timer" });
});

test("checks when its user signs in, once after each boot", () => {
  const nothing: PhoneInput = { kind: "answered", answer: anAnswer() };
  const habits = { timeScale: 1, signsIn: true };
  const signingIn = after(newPhone(FACTORY), [nothing], habits);

  expect(nextStep(signingIn, NOW)).toEqual({ kind: "check", trigger: "signin" });
  expect(nextStep(after(signingIn, [nothing], habits), NOW)).toMatchObject({ kind: "wait" });
});

test("installs its download after five idle minutes, divided by the time scale", () => {
  const phone = after(
    newPhone(FACTORY),
    [{ kind: "answered", answer: anOffer("4.0.7577.4387") }, { kind: "downloaded" }],
    { timeScale: 60, signsIn: false },
  );

  expect(nextStep(phone, NOW)).toEqual({ kind: "wait", until: inSeconds(5), reason: "idle" });
  expect(nextStep(phone, inSeconds(5))).toMatchObject({ kind: "install" });
});

test("restarts into the other partition, keeps the old version on the first, and checks", () => {
  const phone = after(newPhone(FACTORY), [
    { kind: "answered", answer: anOffer("4.0.7577.4387") },
    { kind: "downloaded" },
    { kind: "installed" },
  ]);

  expect(phone).toMatchObject({
    active: [{ updateType: "CPE", version: "4.0.7577.4387", sha256: sha256Of("image") }],
    inactive: [{ ...FACTORY, sha256: null }],
    lastUpdate: { at: NOW, fromVersion: "4.0.7577.4100", toVersion: "4.0.7577.4387" },
  });
  expect(nextStep(phone, NOW)).toEqual({ kind: "check", trigger: "boot" });
});

test("keeps the modules that an update does not replace", () => {
  const phone = after(newPhone(FACTORY), [
    { kind: "answered", answer: anOffer("1.0", { updateType: "Other" }) },
    { kind: "downloaded" },
    { kind: "installed" },
  ]);

  expect(versionsOf(phone.active)).toBe("Other 1.0, CPE 4.0.7577.4100");
});

test("waits longer after each failed check, up to 15 minutes", () => {
  const failed: PhoneInput = { kind: "check_failed", retryAfterSeconds: null };
  const waits = [1, 2, 3, 20].map((times) => {
    const phone = after(
      newPhone(FACTORY),
      Array.from({ length: times }, () => failed),
    );
    return nextStep(phone, NOW);
  });

  expect(waits).toMatchObject([2, 4, 8, 900].map((seconds) => ({ until: inSeconds(seconds) })));
});

test("retries a check at the time that the server states, with the same trigger", () => {
  const phone = after(newPhone(FACTORY), [{ kind: "check_failed", retryAfterSeconds: 120 }]);

  expect(nextStep(phone, NOW)).toMatchObject({ kind: "wait", until: inSeconds(120) });
  expect(nextStep(phone, inSeconds(120))).toEqual({ kind: "check", trigger: "boot" });
});

test("continues an interrupted download after a wait", () => {
  const phone = after(newPhone(FACTORY), [
    { kind: "answered", answer: anOffer("2.0") },
    { kind: "download_interrupted", retryAfterSeconds: null },
  ]);

  expect(nextStep(phone, NOW)).toEqual({ kind: "wait", until: inSeconds(2), reason: "retry" });
  expect(nextStep(phone, inSeconds(2))).toMatchObject({ kind: "download" });
});

test("keeps its version when a download is not the offered file", () => {
  const phone = after(newPhone(FACTORY), [
    { kind: "answered", answer: anOffer("2.0") },
    { kind: "download_refused" },
  ]);

  expect(versionsOf(phone.active)).toBe("4.0.7577.4100");
  expect(nextStep(phone, NOW)).toMatchObject({ kind: "wait", reason: "next_check" });
});

test("checks first after a power cut in any phase", () => {
  const downloading = after(newPhone(FACTORY), [{ kind: "answered", answer: anOffer("2.0") }]);
  const idling = after(downloading, [{ kind: "downloaded" }]);

  for (const phone of [downloading, idling]) {
    expect(nextStep(after(phone, [{ kind: "booted" }]), NOW)).toEqual({
      kind: "check",
      trigger: "boot",
    });
  }
});

test("runs only its first version or a downloaded one, for any sequence of events", () => {
  const input = fc.constantFrom<PhoneInput>(
    { kind: "booted" },
    { kind: "answered", answer: anAnswer() },
    { kind: "answered", answer: anOffer("2.0") },
    { kind: "check_failed", retryAfterSeconds: 1 },
    { kind: "downloaded" },
    { kind: "download_interrupted", retryAfterSeconds: null },
    { kind: "download_refused" },
    { kind: "installed" },
  );
  fc.assert(
    fc.property(fc.array(input), (inputs) => {
      const phone = after(newPhone(FACTORY), inputs);
      const downloadedAt = inputs.findIndex(({ kind }) => kind === "downloaded");
      const isInstalled = inputs.slice(downloadedAt + 1).some(({ kind }) => kind === "installed");
      if (downloadedAt === -1 || !isInstalled) {
        expect(versionsOf(phone.active)).toBe("4.0.7577.4100");
      }
      expect(phone.active).toHaveLength(1);
    }),
  );
});
