import type { JudgedRule } from "#phones/check/answer";
import { toFilePath } from "#phones/check/file-path";
import type { CandidateRule, CheckPool, OfferedRelease } from "#phones/check/model";
import type { LyncImage, LyncModule } from "#formats/protocol/lync-module";
import type { ReleaseFile } from "#firmware/rules/model";

/** Converts judgements to the modules of the Lync dialect: one module for each offered image. */
export function toLyncModules(judged: readonly JudgedRule[]): readonly LyncModule[] {
  return judged.flatMap(({ pool, rule, judgement }) => {
    if (judgement.verdict !== "offered") {
      return [];
    }
    const { fromVersion, release } = judgement;
    return toImages(pool, rule, release).map((image) => ({ image, fromVersion }));
  });
}

function toImages(
  pool: CheckPool,
  { hardware, updateType }: CandidateRule,
  { version, createdAt, files }: OfferedRelease,
): readonly LyncImage[] {
  return files
    .filter(({ role }) => role === "image")
    .map(({ fileName, sizeBytes, sha256 }) => ({
      hardware,
      updateType,
      fileName,
      signatureFileName: findSignature(files, fileName),
      version,
      releasedAt: createdAt,
      sizeBytes,
      sha256,
      internalPoolUrl: pool.internalBaseUrl,
      externalPoolUrl: pool.externalBaseUrl,
      path: withoutFile(toFilePath({ hardware, version, updateType, fileName })),
    }));
}

/** `CPE.cat` belongs to `CPE.nbt`. If no signature has the image's name, the only signature of the release is used. */
function findSignature(files: readonly ReleaseFile[], imageName: string): string | null {
  const signatures = files.filter(({ role }) => role === "signature");
  const named = signatures.find(({ fileName }) => stem(fileName) === stem(imageName));
  const [first] = signatures;
  return named?.fileName ?? (signatures.length === 1 ? (first?.fileName ?? null) : null);
}

function stem(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, "").toLowerCase();
}

function withoutFile(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
