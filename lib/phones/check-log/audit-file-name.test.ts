import { expect, test } from "vitest";
import { auditFileName, dayOfAuditFile, toAuditDay } from "#phones/check-log/audit-file-name";

test("the file name contains the server and the day, and the day can be parsed", () => {
  const name = auditFileName("updates.contoso.com", "2026-11-22");

  expect(name).toBe("RequestHandlerAuditLog_updates.contoso.com_2026-11-22.log");
  expect(dayOfAuditFile(name)).toBe("2026-11-22");
});

test("replaces characters of a server name that are invalid in file names", () => {
  expect(auditFileName("../a b\\c_d:é", "2026-11-22")).toBe(
    "RequestHandlerAuditLog_..-a-b-c-d-_2026-11-22.log",
  );
});

test("truncates a long server name", () => {
  const name = auditFileName("s".repeat(300), "2026-11-22");

  expect(name).toHaveLength("RequestHandlerAuditLog__2026-11-22.log".length + 100);
  expect(dayOfAuditFile(name)).toBe("2026-11-22");
});

test("finds the day of a draft that a crash left behind", () => {
  const draft = `${auditFileName("s", "2026-11-22")}.0f8fad5b-d9cb-469f-a165-70867728950e.new`;

  expect(dayOfAuditFile(draft)).toBe("2026-11-22");
});

test.each([
  "",
  "RequestHandlerAuditLog_s_2026-11-22.log.gz",
  "RequestHandlerAuditLog__2026-11-22.log",
  "RequestHandlerAuditLog_s_2026-11.log",
  "x-RequestHandlerAuditLog_s_2026-11-22.log",
  "RequestHandlerAuditLog_s_2026-11-22.log.new",
])("%j is not a file of the check log", (name) => {
  expect(dayOfAuditFile(name)).toBeNull();
});

test("the day of a time is its UTC day", () => {
  expect(toAuditDay(new Date("2026-11-22T23:59:59.999Z"))).toBe("2026-11-22");
  expect(toAuditDay(new Date("2026-11-23T00:30:00+01:00"))).toBe("2026-11-22");
});
