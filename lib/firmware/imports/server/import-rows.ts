import "server-only";

import { z } from "zod";
import type { Prisma } from "#generated/client";
import {
  answersColumn,
  failureColumn,
  questionColumn,
  reportColumn,
} from "#firmware/imports/columns";
import type {
  DetailsQuestion,
  FailedImport,
  ImportAnswers,
  ImportFacts,
  ImportJob,
  ImportStatus,
  ImportSummary,
} from "#firmware/imports/model";
import { IMPORT_STATES, NO_ANSWERS } from "#firmware/imports/model";

// Converts rows of imports to the model.

const stateColumn = z.enum(IMPORT_STATES);

export type JobRow = Prisma.ImportJobGetPayload<object>;

export function toImport(row: JobRow): ImportJob {
  return { ...toFacts(row), ...toStatus(row) };
}

function toFacts(row: JobRow): ImportFacts {
  return {
    id: row.id,
    fileName: row.fileName,
    sizeBytes: Number(row.sizeBytes),
    sha256: row.sha256 ?? "",
    poolIds: row.poolIds,
    notes: row.notes,
    answers: toAnswers(row.details),
    createdByName: row.createdByName,
    createdById: row.createdById,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}

function toStatus(row: JobRow): ImportStatus {
  const state = stateColumn.parse(row.state);
  switch (state) {
    case "queued":
    case "cancelled":
      return { state };
    case "unpacking":
    case "applying":
      return {
        state,
        progress: {
          bytesDone: Number(row.bytesDone),
          bytesTotal: Number(row.bytesTotal),
          currentEntry: row.currentEntry,
        },
      };
    case "needs_details":
      return { state, ...toDetailsQuestion(row) };
    case "needs_confirmation":
      return { state, mismatched: questionColumn.parse(row.members).mismatched };
    case "succeeded":
      return { state, report: reportColumn.parse(row.report) };
    case "failed":
      return { state, error: row.error ?? "", ...toFailure(row.report) };
  }
}

function toDetailsQuestion(row: JobRow): DetailsQuestion {
  const { undescribed, understood, ignored, problem, failure } = questionColumn.parse(row.members);
  return { undescribed, understood, ignored, problem, failure };
}

export function toSummary(row: Omit<JobRow, "report" | "members" | "details">): ImportSummary {
  return {
    id: row.id,
    state: stateColumn.parse(row.state),
    fileName: row.fileName,
    sizeBytes: Number(row.sizeBytes),
    poolIds: row.poolIds,
    notes: row.notes,
    createdByName: row.createdByName,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    error: row.error,
  };
}

export function toAnswers(column: unknown): ImportAnswers {
  return column === null ? NO_ANSWERS : answersColumn.parse(column);
}

/** A job that failed with an unexpected error has no report. */
function toFailure(column: unknown): Pick<FailedImport, "failure"> {
  return column === null ? { failure: null } : failureColumn.parse(column);
}
