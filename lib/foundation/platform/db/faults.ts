import { causesOf } from "#foundation/platform/db/unavailable";
import { Prisma } from "#generated/client";

/**
 * Whether a query failed because of its values: SQLSTATE classes 22 (data exception) and 23 (integrity constraint
 * violation). A retry fails in the same way.
 */
export function isDataFault(error: unknown): boolean {
  return causesOf(error).some(
    (cause) =>
      typeof cause === "object" &&
      cause !== null &&
      (isDataCode(Reflect.get(cause, "code")) || isDataCode(Reflect.get(cause, "originalCode"))),
  );
}

function isDataCode(code: unknown): boolean {
  return typeof code === "string" && /^2[23]...$/.test(code);
}

/** Whether the database refused a write because of a unique constraint (Prisma's P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/** Whether the database refused a write because another row refers to this one (Prisma's P2003). */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2003";
}
