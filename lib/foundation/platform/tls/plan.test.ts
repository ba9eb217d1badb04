import { expect, test } from "vitest";
import type { TlsSettings } from "#foundation/platform/tls/plan";
import { planTls } from "#foundation/platform/tls/plan";

const INSIDE = { TLS_CERTIFICATE_FILE: "in.pem", TLS_KEY_FILE: "in.key" } as const;
const OUTSIDE = {
  EXTERNAL_PORT: 8443,
  EXTERNAL_TLS_CERTIFICATE_FILE: "out.pem",
  EXTERNAL_TLS_KEY_FILE: "out.key",
} as const;

function plan(settings: Partial<TlsSettings>) {
  return planTls({ TLS_MIN_VERSION: "TLSv1.2", ...settings });
}

test("plans no TLS without a certificate", () => {
  expect(plan({})).toEqual({ internal: null, external: null });
  expect(plan({ EXTERNAL_PORT: 8443 })).toEqual({ internal: null, external: null });
});

test("uses one certificate for both sides and reads its files once", () => {
  const { internal, external } = plan({ ...INSIDE, EXTERNAL_PORT: 8443 });

  expect(internal).toMatchObject({
    port: 3443,
    minVersion: "TLSv1.2",
    files: { certificate: { setting: "TLS_CERTIFICATE_FILE", path: "in.pem" }, passphrase: null },
  });
  expect(external?.files).toBe(internal?.files);
});

test("allows a certificate for the external side only", () => {
  expect(plan({ ...INSIDE, ...OUTSIDE }).external?.files.key.path).toBe("out.key");
  expect(plan(OUTSIDE)).toMatchObject({
    internal: null,
    external: { files: { key: { setting: "EXTERNAL_TLS_KEY_FILE", path: "out.key" } } },
  });
});

test("allows old TLS versions on one side only", () => {
  const settings = { ...INSIDE, EXTERNAL_PORT: 8443, TLS_MIN_VERSION: "TLSv1" } as const;

  expect(plan(settings).external?.minVersion).toBe("TLSv1");
  expect(plan({ ...settings, EXTERNAL_TLS_MIN_VERSION: "TLSv1.2" })).toMatchObject({
    internal: { minVersion: "TLSv1" },
    external: { minVersion: "TLSv1.2" },
  });
});

test.each([
  [{ TLS_PORT: 443 }, "TLS_PORT needs a certificate: set TLS_CERTIFICATE_FILE and TLS_KEY_FILE."],
  [
    { TLS_CERTIFICATE_FILE: "in.pem" },
    "TLS_CERTIFICATE_FILE is not enough: set TLS_CERTIFICATE_FILE and TLS_KEY_FILE, or neither.",
  ],
  [
    { TLS_PASSPHRASE_FILE: "secret" },
    "TLS_PASSPHRASE_FILE is not enough: set TLS_CERTIFICATE_FILE and TLS_KEY_FILE, or neither.",
  ],
  [
    { ...INSIDE, EXTERNAL_PORT: 8443, EXTERNAL_TLS_KEY_FILE: "out.key" },
    "EXTERNAL_TLS_KEY_FILE is not enough: set EXTERNAL_TLS_CERTIFICATE_FILE and EXTERNAL_TLS_KEY_FILE, or neither.",
  ],
  [
    { ...OUTSIDE, EXTERNAL_PORT: undefined },
    "EXTERNAL_TLS_CERTIFICATE_FILE is for phones outside: set EXTERNAL_PORT as well, or unset it.",
  ],
] as const)("refuses %o with one sentence", (settings, sentence) => {
  expect(() => plan(settings)).toThrow(
    expect.objectContaining({ code: "invalid_input", message: sentence }),
  );
});
