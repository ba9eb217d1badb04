import { expect, test } from "vitest";
import { AppError, ERROR_CODES } from "#lib/core/errors";
import { toProblem, toStatus } from "#lib/platform/http/problem";

const occurrence = { instance: "/api/update/check", requestId: "12864fd9" };

test("names the fields that were refused", () => {
  const fields = [{ path: "body.device.model", message: "Required" }];

  expect(
    toProblem(new AppError("unprocessable_input", "Not accepted.", { fields }), occurrence),
  ).toEqual({
    type: "/problems/unprocessable-input",
    title: "Unprocessable input",
    status: 422,
    detail: "Not accepted.",
    instance: "/api/update/check",
    requestId: "12864fd9",
    errors: fields,
  });
});

test("keeps the message of a defect to itself", () => {
  const problem = toProblem(new Error("relation Device does not exist"), occurrence);

  expect(problem).toMatchObject({ type: "about:blank", status: 500, requestId: "12864fd9" });
  expect(JSON.stringify(problem)).not.toContain("relation");
});

test("keeps the details of an outage to itself", () => {
  const problem = toProblem(new AppError("unavailable", "10.0.0.5:5432 refused"), occurrence);

  expect(problem.status).toBe(503);
  expect(JSON.stringify(problem)).not.toContain("5432");
});

test("no refusal is answered as a success", () => {
  for (const code of ERROR_CODES) {
    expect(toStatus(new AppError(code, ""))).toBeGreaterThanOrEqual(400);
  }
});
