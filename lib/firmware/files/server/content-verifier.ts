import "server-only";

import { basename } from "node:path";
import type { ContentFinding, ContentProblem, ReadPace } from "#firmware/files/model";
import { lookAt, readWhole } from "#firmware/files/server/content-file";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** More parallel reads only make a disk seek and leave less time for phones. */
const MAX_READS_AT_ONCE = 2;
const MAX_ATTEMPTS = 3;

type VerifierState = {
  /** The last finding for each path. */
  readonly findings: Map<string, ContentFinding>;
  /** By path and identity: concurrent requests for one file share one read. */
  readonly running: Map<string, Promise<ContentFinding>>;
  readonly waiting: (() => void)[];
  reads: number;
};

export type ReportFinding = (sha256: string, finding: ContentFinding) => void;

/** The path of content, which ends with its digest, and what receives every finding about it. */
export type ContentPath = { readonly path: string; readonly report: ReportFinding };

/**
 * The finding for the content at a path. Each process reads a file once per identity; for a verified file, a request
 * costs one `lstat`. A finding before `distrustBefore` does not count.
 */
export async function verifyContent(
  at: ContentPath,
  distrustBefore: Date | null = null,
): Promise<ContentFinding> {
  const { path } = at;
  const seen = await lookAt(path);
  if (seen.kind === "problem") {
    return keepFinding(at, { problem: seen.problem, file: null });
  }
  const { findings, running } = verifier();
  const known = findings.get(path);
  const isTrusted = distrustBefore === null || (known !== undefined && known.at >= distrustBefore);
  if (known?.file?.identity === seen.identity && isTrusted) {
    return known;
  }
  const key = `${path}/${seen.identity}`;
  let reading = running.get(key);
  if (reading === undefined) {
    reading = inTurn(() => readAndCompare(at, null)).finally(() => running.delete(key));
    running.set(key, reading);
  }
  return reading;
}

/** Reads the content again without using a cached finding and without waiting in the queue of requests. */
export async function rereadContent(at: ContentPath, pace: ReadPace): Promise<ContentFinding> {
  return readAndCompare(at, pace);
}

/** Clears the finding after a failed read, so that the next request verifies the file again. */
export function forgetFinding(path: string): void {
  verifier().findings.delete(path);
}

function keepFinding(
  { path, report }: ContentPath,
  { problem, file }: Pick<ContentFinding, "problem" | "file">,
): ContentFinding {
  const finding = { problem, file, at: new Date() };
  verifier().findings.set(path, finding);
  report(basename(path), finding);
  return finding;
}

async function readAndCompare(at: ContentPath, pace: ReadPace | null): Promise<ContentFinding> {
  const { path } = at;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const content = await readWhole(path, pace);
    switch (content.kind) {
      case "problem": {
        // Keeps the file's identity, so that an unreadable file is not retried until it changes.
        const seen = await lookAt(path);
        const file = seen.kind === "file" ? seen : null;
        return keepFinding(at, { problem: content.problem, file });
      }
      case "read": {
        const problem: ContentProblem | null = content.sha256 === basename(path) ? null : "damaged";
        return keepFinding(at, { problem, file: content.file });
      }
      case "changing":
    }
  }
  // A file that changes during every attempt counts as damaged. The watch verifies it again.
  return keepFinding(at, { problem: "damaged", file: null });
}

async function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const state = verifier();
  if (state.reads >= MAX_READS_AT_ONCE) {
    // The reader that finishes passes its slot on, so the count does not change.
    await new Promise<void>((resolve) => state.waiting.push(resolve));
  } else {
    state.reads += 1;
  }
  try {
    return await task();
  } finally {
    const next = state.waiting.shift();
    if (next === undefined) {
      state.reads -= 1;
    } else {
      next();
    }
  }
}

function verifier(): VerifierState {
  return oncePerProcess("content verifier", () => ({
    findings: new Map(),
    running: new Map(),
    waiting: [],
    reads: 0,
  }));
}
