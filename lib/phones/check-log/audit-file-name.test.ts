import { expect, test } from "vitest";
import { auditFileName, dayOfAuditFile, toAuditDay } from "#phones/check-log/audit-file-name";

test("the name of a file contains the server and the day, and the day can be read back", () => {
  const name = auditFileName("updates.contoso.com", "2026-11-22");

  expect(name).toBe("RequestHandlerAuditLog_updates.contoso.com_2026-11-22.log");
  expect(dayOfAuditFile(name)).toBe("2026-11-22");
});

test("characters of a server name that a file name cannot have are replaced", () => {
  expect(auditFileName("../a b\\c_d:é", "2026-11-22")).toBe(
    "RequestHandlerAuditLog_..-a-b-c-d-_2026-11-22.log",
  );
});

test("a long server name is cut", () => {
  const name = auditFileName("s".repeat(300), "2026-11-22");

  expect(name).toHaveLength("RequestHandlerAuditLog__2026-11-22.log".length + 100);
  expect(dayOfAuditFile(name)).toBe("2026-11-22");
});

test("a draft that a crash left behind belongs to the day of its file", () => {
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

test("the day of a moment is its day in UTC", () => {
  expect(toAuditDay(new Date("2026-11-22T23:59:59.999Z"))).toBe("2026-11-22");
  expect(toAuditDay(new Date("2026-11-23T00:30:00+01:00"))).toBe("2026-11-22");
});
