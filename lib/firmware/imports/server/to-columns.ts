import "server-only";

import type { KnownDetails, UndescribedMember } from "#formats/cab/description/model";
import { toHardware } from "#foundation/core/hardware";
import type { Rejection } from "#firmware/rules/rejection";
import type { ImportFailure } from "#firmware/imports/failure";
import type {
  DetailsQuestion,
  FoundUpdate,
  IgnoredFile,
  ImportAnswers,
  ImportReport,
  UnderstoodUpdate,
} from "#firmware/imports/model";

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
type JsonObject = { readonly [Key in string]: Json };

// Columns are written by name: types are structural, so a value may have more fields than its type.

export function toAnswersColumn(answers: ImportAnswers): JsonObject {
  return {
    details: answers.details.map((line) => ({
      path: line.path,
      ...toHardware(line),
      version: line.version,
      updateType: line.updateType,
    })),
    leftOut: [...answers.leftOut],
    mismatchReason: answers.mismatchReason,
  };
}

export function toQuestionColumn({
  undescribed,
  understood,
  ignored,
  problem,
  failure,
}: DetailsQuestion): JsonObject {
  return {
    undescribed: undescribed.map(toMemberColumn),
    understood: understood.map(toUnderstoodColumn),
    ignored: ignored.map(toIgnoredColumn),
    problem,
    failure: failure && toFailureColumn(failure),
  };
}

function toMemberColumn(member: UndescribedMember): JsonObject {
  return {
    path: member.path,
    fileName: member.fileName,
    sizeBytes: member.sizeBytes,
    sha256: member.sha256,
    why: member.why,
    known: toKnownColumn(member.known),
    guessed: toKnownColumn(member.guessed),
  };
}

function toKnownColumn(known: KnownDetails): JsonObject {
  return {
    deviceType: known.deviceType,
    brand: known.brand,
    model: known.model,
    revision: known.revision,
    locale: known.locale,
    version: known.version,
    updateType: known.updateType,
  };
}

function toIgnoredColumn({ path, reason, code, values }: IgnoredFile): JsonObject {
  return { path, reason, code, values: { ...values } };
}

export function toFailureColumn({ code, subject, values }: ImportFailure): JsonObject {
  return { code, subject, values: { ...values } };
}

function toUnderstoodColumn(update: UnderstoodUpdate): JsonObject {
  return {
    hardware: toHardware(update.hardware),
    updateType: update.updateType,
    version: update.version,
    fileNames: [...update.fileNames],
    sizeBytes: update.sizeBytes,
    describedBy: update.describedBy,
  };
}

export function toUpdateColumn(update: FoundUpdate): JsonObject {
  return {
    ...toUnderstoodColumn(update),
    catalogVerdict: update.catalogVerdict,
    catalogSigner: update.catalogSigner,
  };
}

function toRejectionColumn(rejection: Rejection): JsonObject {
  return {
    version: rejection.version,
    kind: rejection.kind,
    poolFqdn: rejection.poolFqdn,
    rejectedBy: rejection.rejectedBy,
    reason: rejection.reason,
    rejectedAt: rejection.rejectedAt.toISOString(),
  };
}

export function toReportColumn(report: ImportReport): JsonObject {
  return {
    rules: report.rules.map((rule) => ({
      ruleId: rule.ruleId,
      identity: rule.identity,
      poolFqdn: rule.poolFqdn,
      hardware: toHardware(rule.hardware),
      updateType: rule.updateType,
      version: rule.version,
      outcome: rule.outcome,
      because: rule.because,
      replacedVersion: rule.replacedVersion,
      approvedVersion: rule.approvedVersion,
      isDowngrade: rule.isDowngrade,
      rejection: rule.rejection && toRejectionColumn(rule.rejection),
    })),
    updates: report.updates.map(toUpdateColumn),
    ignored: report.ignored.map(toIgnoredColumn),
    unverifiedBlocks: report.unverifiedBlocks,
    mismatchReason: report.mismatchReason,
  };
}
