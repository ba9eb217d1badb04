import { expect, test } from "vitest";
import { judgeDownload } from "#programs/readiness/judge-download";

test.each([
  ["CPE.nbt", "application/octet-stream", ["wrong_content_type"]],
  ["CPE.cat", "text/plain", ["wrong_content_type"]],
  ["CPE.nbt", "binary/octet-stream", []],
  // Phones of other vendors, whose images come as they are sent to all programs.
  ["sip.ld", "application/octet-stream", []],
  ["cx600.bin", "application/octet-stream", []],
])("judges %s with the type %s: %j", (fileName, type, codes) => {
  const file = { fileName, sizeBytes: 1, sha256: "00" };
  const answer = {
    kind: "answered",
    url: `http://pool01.contoso.com/RequestHandler/Files/${fileName}`,
    status: 200,
    headers: { "content-type": type },
    body: Buffer.from("x"),
    aheadMs: 0,
    certificate: null,
  } as const;

  const findings = judgeDownload({ file, answer, sha256: "00" });

  expect(findings.map(({ code }) => code)).toEqual(codes);
});
