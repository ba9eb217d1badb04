import { expect, test } from "vitest";
import { RefusalLedger } from "#access/accounts/refusal-ledger";

const QUARTER_HOUR_MS = 15 * 60_000;
const ADAM = { name: "adamb", address: "192.0.2.1" };

test("records the first refusal, and the number of further refusals 15 minutes later", () => {
  const ledger = new RefusalLedger();
  expect(ledger.note(ADAM, 0)).toEqual({ attempts: 1 });
  for (let index = 0; index < 50; index += 1) {
    expect(ledger.note({ ...ADAM, name: " AdamB" }, 1_000)).toBeNull();
  }
  expect(ledger.note(ADAM, QUARTER_HOUR_MS)).toEqual({ attempts: 51 });
});

test("records at most 100 entries in 15 minutes and keeps the total number of refusals correct", () => {
  const ledger = new RefusalLedger();
  let recorded = 0;
  let told = 0;
  const note = (index: number, nowMs: number): void => {
    const entry = ledger.note({ name: `user${index}`, address: "192.0.2.1" }, nowMs);
    recorded += entry === null ? 0 : 1;
    told += entry?.attempts ?? 0;
  };
  for (let index = 0; index < 3_000; index += 1) {
    note(index, 0);
  }
  expect(recorded).toBe(100);
  for (let index = 2_000; index < 3_000; index += 1) {
    note(index, QUARTER_HOUR_MS + (index - 2_000) * QUARTER_HOUR_MS);
  }
  expect(told).toBe(4_000);
});
