import type { ErrorCode } from "#foundation/core/errors";
import { ERROR_CODES } from "#foundation/core/errors";

/** The `type` of the problem details (RFC 9457) for an error code. */
export function toProblemType(code: ErrorCode): string {
  return `/problems/${code.replaceAll("_", "-")}`;
}

/** The error code of a `type`; `defect` for the type of a defect or of another service. */
export function toProblemCode(type: string): ErrorCode | "defect" {
  return ERROR_CODES.find((known) => toProblemType(known) === type) ?? "defect";
}

/** The error code of problem details; `defect` for any other body. Needs no schema, which every list would load. */
export function readProblemCode(body: unknown): ErrorCode | "defect" {
  return typeof body === "object" &&
    body !== null &&
    "type" in body &&
    typeof body.type === "string"
    ? toProblemCode(body.type)
    : "defect";
}
