import { toFilePath } from "#phones/check/file-path";
import type { CandidateRule, CheckPool, Judgement, OfferedRelease } from "#phones/check/model";
import type { Channel } from "#fleet/devices/model";
import type { CheckAnswer, OfferedFile, OfferedModule } from "#formats/protocol/json-answer";

/** Paths of the images below the base URLs of a pool. */
export const FILES_ROOTS = {
  internal: "/api/update/files",
  external: "/api/update/external/files",
} as const;

/** Times that every answer contains. */
export type AnswerTimes = {
  readonly nextCheckSeconds: number;
  readonly idleSecondsBeforeInstall: number;
};

/** A judgement with the pool and the rule that it is about. */
export type JudgedRule = {
  readonly pool: CheckPool;
  readonly rule: CandidateRule;
  readonly judgement: Judgement;
};

/** Converts judgements to an answer of the JSON protocol. */
export function toAnswer(
  judged: readonly JudgedRule[],
  { nextCheckSeconds, idleSecondsBeforeInstall }: AnswerTimes,
): CheckAnswer {
  const modules: OfferedModule[] = [];
  let channel: Channel = "approved";
  for (const { pool, rule, judgement } of judged) {
    if (judgement.verdict === "offered") {
      modules.push({
        updateType: rule.updateType,
        fromVersion: judgement.fromVersion,
        version: judgement.release.version,
        files: toOfferedFiles(pool, rule, judgement.release),
      });
      channel = judgement.channel === "pending" ? "pending" : channel;
    }
  }
  return {
    schema: 1,
    downloads: modules.length,
    nextCheckSeconds,
    idleSecondsBeforeInstall,
    channel,
    modules,
  };
}

/** The image and its signature. Descriptions are used by the import only, not by phones. */
function toOfferedFiles(
  { internalBaseUrl, externalBaseUrl }: CheckPool,
  { hardware, updateType }: CandidateRule,
  { version, files }: OfferedRelease,
): readonly OfferedFile[] {
  return files
    .filter(({ role }) => role !== "description")
    .map(({ role, fileName, sizeBytes, sha256 }) => {
      const path = toFilePath({ hardware, version, updateType, fileName });
      return {
        role,
        fileName,
        size: sizeBytes,
        sha256,
        internalUrl: `${internalBaseUrl}${FILES_ROOTS.internal}/${path}`,
        externalUrl: `${externalBaseUrl}${FILES_ROOTS.external}/${path}`,
      };
    });
}
