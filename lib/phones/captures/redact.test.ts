import fc from "fast-check";
import { expect, test } from "vitest";
import { isSecretName, redactBody, redactHeaders, redactUrl } from "#phones/captures/redact";

const SECRET = "hunter2";

test.each([
  ["an element", `<r><Password>${SECRET}</Password><Model>CX600</Model></r>`],
  ["an element with a namespace", `<r><a:UserPassword x="1">${SECRET}</a:UserPassword></r>`],
  [
    "all content of a secret element",
    `<r><Credentials><Name>a</Name><Value>${SECRET}</Value></Credentials></r>`,
  ],
  ["an attribute", `<r password="${SECRET}" model='CX600'/>`],
  ["an attribute of a secret element", `<r><Token value="${SECRET}"/></r>`],
  ["a named value", `<r><Field name="password" value="${SECRET}"/></r>`],
  ["a truncated element", `<r><Password>${SECRET}`],
  ["a truncated attribute", `<r password="${SECRET}`],
  ["a member", `{"device":{"model":"CX600"},"password":"${SECRET}"}`],
  ["a truncated member", `{"password": "${SECRET}`],
  ["an object", `{"credentials":{"user":"a","list":["${SECRET}"]},"model":"CX600"}`],
  ["a truncated list", `{"tokens":["a","${SECRET}"`],
  ["a form field", `model=CX600&password=${SECRET}&x=1`],
  ["a form field with an encoded name", `p%61ssword=${SECRET}`],
  [
    "a form part",
    `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${SECRET}\r\n--b--`,
  ],
  ["a URL with a user", `<r><Proxy>http://adamb:${SECRET}@proxy.contoso.com/</Proxy></r>`],
])("removes the secret from %s", (_, body) => {
  expect(redactBody(body)).not.toContain(SECRET);
  expect(redactBody(body)).toContain("[removed]");
});

test("leaves everything else unchanged", () => {
  const body = `<r version="1"><Model>CX600</Model><UserID>CONTOSO\\adamb</UserID><Module Name="CPE.nbt"/></r>`;
  expect(redactBody(body)).toBe(body);
  const json =
    '{"device":{"model":"CX600","serialNumber":"1"},"user":"CONTOSO\\\\adamb","modules":[]}';
  expect(redactBody(json)).toBe(json);
});

test("keeps the rest of a document readable", () => {
  expect(redactBody("<r><Pwd>x</Pwd><Model>CX600</Model></r>")).toBe(
    "<r><Pwd>[removed]</Pwd><Model>CX600</Model></r>",
  );
  expect(redactBody('{"token":["x"],"model":"CX600"}')).toBe(
    '{"token":"[removed]","model":"CX600"}',
  );
});

test("removes credentials from headers but keeps the scheme", () => {
  expect(
    redactHeaders([
      ["Host", "pool01.contoso.com"],
      ["Authorization", `Basic ${SECRET}`],
      ["Proxy-Authorization", "NTLM TlRMTVNTUAAB"],
      ["Cookie", `a=${SECRET}`],
      ["X-Api-Key", SECRET],
      ["Authorization", SECRET],
      ["Referer", `http://a:${SECRET}@b/?token=${SECRET}`],
    ]),
  ).toEqual([
    ["Host", "pool01.contoso.com"],
    ["Authorization", "Basic [removed]"],
    ["Proxy-Authorization", "NTLM [removed]"],
    ["Cookie", "[removed]"],
    ["X-Api-Key", "[removed]"],
    ["Authorization", "[removed]"],
    ["Referer", "http://[removed]@b/?token=[removed]"],
  ]);
});

test("removes secrets from a query", () => {
  expect(redactUrl(`/RequestHandler/ucdevice.upx?pool=a&Access_Token=${SECRET}&sig=1`)).toBe(
    "/RequestHandler/ucdevice.upx?pool=a&Access_Token=[removed]&sig=[removed]",
  );
});

test.each(["MACAddress", "SerialNumber", "Model", "UserID", "Vendor", "Version", "pool", "host"])(
  "%s is not a secret",
  (name) => {
    expect(isSecretName(name)).toBe(false);
  },
);

test("removes a secret with any text around it", () => {
  const noise = fc.string({ maxLength: 30 }).filter((text) => !text.includes("hunter2"));
  const secret = fc.constantFrom(
    `<Password>${SECRET}</Password>`,
    `{"password":"${SECRET}"}`,
    `&password=${SECRET}&`,
  );
  fc.assert(
    fc.property(noise, secret, noise, (before, part, after) => {
      fc.pre(!/["'<]/.test(before));
      expect(redactBody(`${before} ${part} ${after}`)).not.toContain(SECRET);
    }),
  );
});

test("takes linear time for hostile bodies", () => {
  const started = performance.now();
  for (const hostile of [
    "<".repeat(60_000),
    "<password ".repeat(6_000),
    '"password":{'.repeat(5_000),
    '"'.repeat(60_000),
    "=".repeat(60_000),
    'name="'.repeat(10_000),
    `name="a"${"\r\nx".repeat(20_000)}`,
    "a".repeat(60_000),
    `<${"a ".repeat(30_000)}`,
    " name".repeat(12_000),
  ]) {
    redactBody(hostile);
  }
  expect(performance.now() - started).toBeLessThan(5_000);
});
