import { X509Certificate } from "node:crypto";
import { mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Issued } from "#programs/readiness/testing/certificates";
import { issueCertificate } from "#programs/readiness/testing/certificates";

export type Pair = { readonly certificatePem: string; readonly keyPem: string };

/**
 * How certificates are replaced: written in place, renamed as by ACME clients, or by swapping a link to a directory as
 * by Kubernetes.
 */
export const WAYS_TO_REPLACE = ["writing in place", "renaming", "swapping a link"] as const;
type WayToReplace = (typeof WAYS_TO_REPLACE)[number];

export type CertificateFolder = {
  readonly directory: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  /** The authority that signed every certificate of this folder. */
  readonly caPem: string;
  readonly issue: (validDays?: readonly [number, number]) => Promise<Pair>;
  readonly replace: (way: WayToReplace, pair: Pair) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** Creates a folder with a certificate for `localhost`, its chain and its key, in PEM. */
export async function createCertificateFolder(): Promise<CertificateFolder> {
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-tls-"));
  const authority = await issueCertificate({
    commonName: "Test authority",
    issuer: null,
    isAuthority: true,
  });
  // As Kubernetes mounts a secret: the files are reached through a link to a directory.
  const current = join(directory, "current");
  const at = { certificate: join(current, "tls.crt"), key: join(current, "tls.key") };
  let generation = 0;

  async function replace(way: WayToReplace, { certificatePem, keyPem }: Pair): Promise<void> {
    generation += 1;
    switch (way) {
      case "writing in place":
        await writeFile(at.certificate, certificatePem);
        await writeFile(at.key, keyPem);
        return;
      case "renaming":
        await writeFile(`${at.certificate}.new`, certificatePem);
        await writeFile(`${at.key}.new`, keyPem);
        await rename(`${at.certificate}.new`, at.certificate);
        await rename(`${at.key}.new`, at.key);
        return;
      case "swapping a link":
        await swapLink({ certificatePem, keyPem });
    }
  }

  async function swapLink({ certificatePem, keyPem }: Pair): Promise<void> {
    const folder = await mkdtemp(join(directory, `generation-${generation}-`));
    await writeFile(join(folder, "tls.crt"), certificatePem);
    await writeFile(join(folder, "tls.key"), keyPem);
    await symlink(folder, `${current}.new`);
    await rename(`${current}.new`, current);
  }

  const issue = (validDays?: readonly [number, number]): Promise<Pair> =>
    issueFor(authority, validDays);
  await swapLink(await issue());
  return {
    directory,
    certificateFile: at.certificate,
    keyFile: at.key,
    caPem: authority.certificatePem,
    issue,
    replace,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function issueFor(
  authority: Issued,
  validDays: readonly [number, number] = [-1, 90],
): Promise<Pair> {
  const { certificatePem, keyPem } = await issueCertificate({
    commonName: "localhost",
    issuer: authority,
    names: ["localhost"],
    validDays,
  });
  return { certificatePem: `${certificatePem}${authority.certificatePem}`, keyPem };
}

export function fingerprintOf({ certificatePem }: Pair): string {
  return new X509Certificate(certificatePem).fingerprint256;
}
