import { expect, test } from "vitest";
import { PasswordBudget } from "#access/directory/password-budget";

const WINDOW = { max: 3, windowMs: 1000 };

function take(budget: PasswordBudget, nowMs: number, user = "adamb") {
  return budget.take(user, false, nowMs);
}

test("allows one wrong password fewer than the limit in a window, also for concurrent attempts", () => {
  const budget = new PasswordBudget(WINDOW);
  expect(take(budget, 0)).toBeTypeOf("object");
  expect(take(budget, 0)).toBeTypeOf("object");
  expect(take(budget, 0)).toBe(1000);
  expect(take(budget, 999)).toBe(1);
  expect(take(budget, 1000)).toBeTypeOf("object");
});

test("reserves the last attempt for a password that was valid before", () => {
  const budget = new PasswordBudget(WINDOW);
  take(budget, 0);
  take(budget, 0);
  expect(budget.take("adamb", true, 1)).toBeTypeOf("object");
  expect(budget.take("adamb", true, 2)).toBe(998);
});

test("does not count valid passwords", () => {
  const budget = new PasswordBudget(WINDOW);
  for (let index = 0; index < 10; index++) {
    const tried = take(budget, index);
    expect(tried).toBeTypeOf("object");
    if (typeof tried === "object") {
      budget.release(tried);
    }
  }
});

test("counts per user, ignoring the case of the name", () => {
  const budget = new PasswordBudget({ max: 1, windowMs: 1000 });
  take(budget, 0, "AdamB");
  expect(take(budget, 1, "adamb")).toBe(999);
  expect(take(budget, 1, "anna")).toBeTypeOf("object");
});
