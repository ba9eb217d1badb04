import { expect, test } from "vitest";
import { PasswordBudget } from "#access/directory/password-budget";

const WINDOW = { most: 3, windowMs: 1000 };

function take(budget: PasswordBudget, nowMs: number, user = "adamb") {
  return budget.take(user, false, nowMs);
}

test("lets one password fewer than the limit turn out wrong in a window, also when all are sent at once", () => {
  const budget = new PasswordBudget(WINDOW);
  expect(take(budget, 0)).toBeTypeOf("object");
  expect(take(budget, 0)).toBeTypeOf("object");
  expect(take(budget, 0)).toBe(1000);
  expect(take(budget, 999)).toBe(1);
  expect(take(budget, 1000)).toBeTypeOf("object");
});

test("keeps the last place for a password that was right before", () => {
  const budget = new PasswordBudget(WINDOW);
  take(budget, 0);
  take(budget, 0);
  expect(budget.take("adamb", true, 1)).toBeTypeOf("object");
  expect(budget.take("adamb", true, 2)).toBe(998);
});

test("does not count what was right", () => {
  const budget = new PasswordBudget(WINDOW);
  for (let index = 0; index < 10; index++) {
    const tried = take(budget, index);
    expect(tried).toBeTypeOf("object");
    if (typeof tried === "object") {
      budget.giveBack(tried);
    }
  }
});

test("counts a user once, however the name is capitalised, and users apart from each other", () => {
  const budget = new PasswordBudget({ most: 1, windowMs: 1000 });
  take(budget, 0, "AdamB");
  expect(take(budget, 1, "adamb")).toBe(999);
  expect(take(budget, 1, "anna")).toBeTypeOf("object");
});
