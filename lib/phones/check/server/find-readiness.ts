import "server-only";
import { statfs } from "node:fs/promises";
import { probeContent } from "#firmware/files/server/probe-content";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { judgeExpiry } from "#foundation/platform/tls/expiry";
import { certificateValidities } from "#foundation/platform/tls/open-certificates";
import { recorderState } from "#phones/check-log/server/recorder";
import type {
  CertificateWord,
  ServiceFacts,
  ServiceReadiness,
} from "#phones/check/service-readiness";
import { CERTIFICATE_WORDS, judgeReadiness } from "#phones/check/service-readiness";
import { rulesAgeSeconds, ruleTableState } from "#phones/check/server/rule-table-loader";
import { findQueueDelay, hasContent } from "#phones/check/server/store";

/** A database that does not answer is reported after this time. Load balancers wait a few seconds. */
const DATABASE_TIMEOUT_MS = 2_000;

/**
 * The state of every part that phones need. Needs no permission, and contains nothing confidential. Costs two queries and
 * a written file, so callers share one result.
 */
export async function findReadiness(now: Date): Promise<ServiceReadiness> {
  const { DATA_DIRECTORY, LOG_STORE_FREE_BYTES } = env();
  const database = await askDatabase();
  const { table } = ruleTableState();
  const { bavail, bsize } = await statfs(DATA_DIRECTORY);
  return judgeReadiness({
    database: databaseWord(database),
    rulesAgeSeconds: rulesAgeSeconds(),
    content: await probeContent(isContentExpected(database)),
    queueDelaySeconds: database?.queueDelaySeconds ?? null,
    certificate: worstCertificate(now),
    freeBytes: bavail * bsize,
    lowBytes: LOG_STORE_FREE_BYTES,
    faultyFiles: table?.faults.size ?? 0,
  });
}

function databaseWord(database: DatabaseFacts | null): ServiceFacts["database"] {
  if (database === null) {
    return "away";
  }
  return recorderState().writer?.isFailing() === true ? "unwritable" : "ok";
}

/** During an outage of the database, the last answer counts. */
function isContentExpected(database: DatabaseFacts | null): boolean {
  const last = oncePerProcess("content expected", () => ({ isExpected: false }));
  last.isExpected = database?.hasContent ?? last.isExpected;
  return last.isExpected;
}

type DatabaseFacts = Pick<ServiceFacts, "queueDelaySeconds"> & { readonly hasContent: boolean };

/** Null if the database does not answer, for any reason. */
async function askDatabase(): Promise<DatabaseFacts | null> {
  const timeout = Promise.withResolvers<null>();
  const timer = setTimeout(timeout.resolve, DATABASE_TIMEOUT_MS, null);
  const asking = Promise.all([findQueueDelay(db), hasContent(db)]).then(
    ([queueDelaySeconds, isStored]) => ({ queueDelaySeconds, hasContent: isStored }),
    () => null,
  );
  const facts = await Promise.race([asking, timeout.promise]);
  clearTimeout(timer);
  return facts;
}

function worstCertificate(now: Date): CertificateWord | null {
  const words = [...certificateValidities().values()].map((validity) => {
    const judgement = judgeExpiry(validity, now);
    return judgement === "valid" ? "ok" : judgement;
  });
  return CERTIFICATE_WORDS.findLast((word) => words.includes(word)) ?? null;
}
