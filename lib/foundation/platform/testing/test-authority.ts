import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export type TestAuthority = {
  /** PEM files. */
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
};

/** Creates a certificate authority for a test, and a certificate that it signs for `localhost` and 127.0.0.1. */
export async function createTestAuthority(directory: string): Promise<TestAuthority> {
  const at = (name: string): string => join(directory, name);
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  await run("openssl", [
    "req",
    "-x509",
    ...key,
    ...["-keyout", at("ca.key"), "-out", at("ca.pem"), "-days", "30"],
    ...["-subj", "/CN=Test authority"],
  ]);
  await run("openssl", [
    "req",
    ...key,
    ...["-keyout", at("server.key"), "-out", at("server.csr"), "-subj", "/CN=localhost"],
  ]);
  await writeFile(at("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  await run("openssl", [
    "x509",
    "-req",
    ...["-in", at("server.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial"],
    ...["-out", at("server.pem"), "-days", "30", "-extfile", at("names")],
  ]);
  return { caFile: at("ca.pem"), certificateFile: at("server.pem"), keyFile: at("server.key") };
}
