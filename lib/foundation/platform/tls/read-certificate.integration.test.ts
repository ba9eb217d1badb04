import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCertificate } from "#foundation/platform/tls/read-certificate";
import type { CertificateFolder } from "#foundation/platform/tls/testing/certificate-files";
import {
  createCertificateFolder,
  fingerprintOf,
} from "#foundation/platform/tls/testing/certificate-files";
import type { TlsVersion } from "#foundation/platform/tls-settings";

const run = promisify(execFile);

let folder: CertificateFolder;

beforeEach(async () => {
  folder = await createCertificateFolder();
});

afterEach(async () => {
  await folder.remove();
});

function look(passphraseFile: string | null = null, minVersion: TlsVersion = "TLSv1.2") {
  const named = (setting: string, path: string) => ({ setting, path });
  return readCertificate(
    {
      certificate: named("TLS_CERTIFICATE_FILE", folder.certificateFile),
      key: named("TLS_KEY_FILE", folder.keyFile),
      passphrase: passphraseFile === null ? null : named("TLS_PASSPHRASE_FILE", passphraseFile),
    },
    [minVersion],
  );
}

async function problem(passphraseFile: string | null = null): Promise<string> {
  const found = await look(passphraseFile);
  return found.kind === "bad" ? found.problem : "none";
}

test("accepts a certificate with its chain and key, and returns the same digest twice", async () => {
  const next = await folder.issue([-2, 12]);
  await folder.replace("renaming", next);
  const found = await look();

  expect(found).toMatchObject({
    kind: "good",
    certificate: { fingerprint: fingerprintOf(next), passphrase: undefined },
  });
  expect((await look()).digest).toBe(found.digest);
});

test("accepts an encrypted key with its passphrase in a file", async () => {
  const passphrase = join(folder.directory, "passphrase");
  await writeFile(passphrase, "correct horse\n");
  await encryptKey(passphrase);

  expect(await look(passphrase)).toMatchObject({
    kind: "good",
    certificate: { passphrase: "correct horse" },
  });

  expect(await problem()).toBe(
    `${folder.keyFile} (TLS_KEY_FILE) is encrypted: name a file with its passphrase in TLS_PASSPHRASE_FILE.`,
  );
  await writeFile(passphrase, "wrong horse\n");
  expect(await problem(passphrase)).toBe(
    `${passphrase} (TLS_PASSPHRASE_FILE) does not hold the passphrase of ${folder.keyFile}.`,
  );
});

async function encryptKey(passphraseFile: string): Promise<void> {
  const encrypted = join(folder.directory, "encrypted");
  const { keyFile } = folder;
  const how = ["-aes256", "-passout", `file:${passphraseFile}`, "-out", encrypted];
  await run("openssl", ["pkey", "-in", keyFile, ...how]);
  await run("mv", [encrypted, keyFile]);
}

test("names unreadable files and their settings", async () => {
  await rm(folder.keyFile);
  expect(await problem()).toBe(
    `${folder.keyFile} (TLS_KEY_FILE) cannot be read (ENOENT): correct the path, or its permissions.`,
  );
  await rm(folder.certificateFile);
  await mkdir(folder.certificateFile);
  expect(await problem()).toBe(
    `${folder.certificateFile} (TLS_CERTIFICATE_FILE) is not a regular file of at most 1 MiB.`,
  );
});

test("refuses half a certificate, half a chain, half a key and an empty file", async () => {
  const { certificatePem, keyPem } = await folder.issue();
  const damaged = `${folder.certificateFile} (TLS_CERTIFICATE_FILE) contains a damaged or incomplete certificate.`;
  const chainBegins = certificatePem.lastIndexOf("-----BEGIN");

  for (const end of [200, chainBegins - 30, chainBegins + 40, certificatePem.length - 30]) {
    await folder.replace("writing in place", {
      certificatePem: certificatePem.slice(0, end),
      keyPem,
    });
    expect(await problem(), String(end)).toBe(damaged);
  }
  await folder.replace("writing in place", {
    // The beginning of the DER structure.
    certificatePem: certificatePem.replace("\nMI", "\nAA"),
    keyPem,
  });
  expect(await problem()).toBe(damaged);
  await folder.replace("writing in place", { certificatePem: "", keyPem });
  expect(await problem()).toBe(
    `${folder.certificateFile} (TLS_CERTIFICATE_FILE) contains no certificate in PEM (BEGIN CERTIFICATE).`,
  );
  for (const key of ["", keyPem.slice(0, keyPem.length / 2), certificatePem]) {
    await folder.replace("writing in place", { certificatePem, keyPem: key });
    expect(await problem()).toBe(
      `${folder.keyFile} (TLS_KEY_FILE) contains no private key in PEM (BEGIN PRIVATE KEY).`,
    );
  }
});

test("reports a key of another certificate and a chain in the wrong order differently from damage", async () => {
  const { certificatePem, keyPem } = await folder.issue();
  const mismatch = `${folder.keyFile} (TLS_KEY_FILE) does not belong to the first certificate in ${folder.certificateFile} (TLS_CERTIFICATE_FILE): name the two that were issued together, the server's own certificate before those of its authorities.`;

  const other = await folder.issue();
  await folder.replace("writing in place", { certificatePem, keyPem: other.keyPem });
  expect(await problem()).toBe(mismatch);

  const turned = `${folder.caPem}${certificatePem}`;
  await folder.replace("writing in place", { certificatePem: turned, keyPem });
  expect(await problem()).toBe(mismatch);
});

test("refuses a short key with the reason, and accepts it for old phones", async () => {
  const at = ["-keyout", folder.keyFile, "-out", folder.certificateFile];
  const made = ["-x509", "-newkey", "rsa:1024", "-nodes", "-subj", "/CN=localhost"];
  await run("openssl", ["req", ...made, ...at]);

  expect(await problem()).toMatch(
    /\(TLS_CERTIFICATE_FILE\) cannot be used with TLSv1\.2 \(.*key too small.*\)\.$/,
  );
  expect((await look(null, "TLSv1")).kind).toBe("good");
});
