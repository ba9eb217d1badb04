import { expect, test } from "vitest";
import { AppError, ERROR_CODES } from "#foundation/core/errors";
import { readProblem } from "#foundation/core/read-problem";
import type { RefusalReason } from "#foundation/core/refusal-reason";
import { toProblem, toStatus } from "#foundation/platform/http/problem";

const occurrence = { instance: "/api/update/check", requestId: "12864fd9" };

test("names the invalid fields", () => {
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

test("does not disclose the message of a defect", () => {
  const problem = toProblem(new Error("relation Device does not exist"), occurrence);

  expect(problem).toMatchObject({ type: "about:blank", status: 500, requestId: "12864fd9" });
  expect(JSON.stringify(problem)).not.toContain("relation");
});

test("does not disclose the details of an outage", () => {
  const problem = toProblem(new AppError("unavailable", "10.0.0.5:5432 refused"), occurrence);

  expect(problem.status).toBe(503);
  expect(JSON.stringify(problem)).not.toContain("5432");
});

test("every error code has an error status", () => {
  for (const code of ERROR_CODES) {
    expect(toStatus(new AppError(code, ""))).toBeGreaterThanOrEqual(400);
  }
});

test.each(ERROR_CODES)("a page reads code %s, fields and reason of a response", (code) => {
  const fields = [{ path: "query.fileName", message: "Not a file name." }];
  const reason: RefusalReason = { code: "unknown_pool", fqdn: "pool02.contoso.com" };
  const sent = toProblem(new AppError(code, "Refused.", { fields, reason }), occurrence);

  expect(readProblem(JSON.parse(JSON.stringify(sent)))).toEqual({
    code,
    fields: [{ path: "query.fileName" }],
    reason,
  });
});

test("a page recognises a defect, and reads null from the error page of a proxy", () => {
  const nothing = { fields: [], reason: null };

  expect(readProblem(toProblem(new Error("x"), occurrence))).toEqual({
    code: "defect",
    ...nothing,
  });
  expect(
    readProblem({ type: "/problems/conflict", reason: { code: "of a later version" } }),
  ).toEqual({ code: "conflict", ...nothing });
  expect(readProblem("<html>413 Request Entity Too Large</html>")).toBeNull();
});
