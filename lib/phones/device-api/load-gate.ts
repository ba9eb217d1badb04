import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#foundation/core/errors";
import { MAX_CHECK_BYTES } from "#phones/device-api/check-handler";
import type { NativeListener } from "#phones/device-api/device-env";
import { recordShed } from "#phones/device-api/record-shed";
import type { Side } from "#fleet/devices/model";
import { decideLoad, isBelowLimits, nextLag } from "#phones/device-api/shed-load";
import { countTransfers } from "#phones/device-api/transfer-slots";
import { respondProblem } from "#foundation/platform/http/problem-message";
import { openConnections } from "#foundation/platform/open-connections";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

type GateState = {
  lagMs: number;
  shed: number;
  reported: number;
};

const MEASURE_EVERY_MS = 50;
const REPORT_EVERY_MS = 10_000;
/** Above this, connections close after their response: a phone asks once a day, so keep-alive is of little use to it. */
const MAX_KEPT_CONNECTIONS = 2_000;

/**
 * Serves a request, or answers 503 with Retry-After: under overload most phones get an answer in time, instead of all
 * phones too late. Runs before every other handler, because shedding must cost less than serving.
 */
export function loadGate(side: Side, serve: NativeListener): NativeListener {
  const open = openConnections(side);
  const state = gateState();
  return (incoming, outgoing) => {
    if (open.count > MAX_KEPT_CONNECTIONS && !isHandshake(incoming)) {
      outgoing.shouldKeepAlive = false;
    }
    pass(incoming, outgoing, { state, side, connections: open.count, serve });
  };
}

/** NTLM authenticates a connection, so the connection must stay open for the whole handshake. */
function isHandshake({ headers }: IncomingMessage): boolean {
  return headers.authorization?.startsWith("NTLM") === true;
}

type Passage = {
  readonly state: GateState;
  readonly side: Side;
  readonly connections: number;
  readonly serve: NativeListener;
};

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { state, side, connections, serve }: Passage,
): void {
  const load = { lagMs: state.lagMs, connections };
  if (!isBelowLimits(load)) {
    const decision = decideLoad(load, Math.random());
    if (decision.outcome === "shed") {
      state.shed += 1;
      recordShed(incoming, side);
      shedRequest(incoming, outgoing, decision.retryAfterSeconds);
      return;
    }
  }
  serve(incoming, outgoing);
}

/** The state of this process's load gate. */
export function gateState(): GateState {
  return oncePerProcess("load gate", startMeasuring);
}

function startMeasuring(): GateState {
  const state: GateState = {
    lagMs: 0,
    shed: 0,
    reported: 0,
  };
  let last = performance.now();
  let beforeMs = 0;
  setInterval(() => {
    const now = performance.now();
    const measuredMs = now - last - MEASURE_EVERY_MS;
    state.lagMs = nextLag(state.lagMs, { measuredMs, beforeMs });
    last = now;
    beforeMs = measuredMs;
  }, MEASURE_EVERY_MS).unref();
  setInterval(() => {
    reportShed(state);
  }, REPORT_EVERY_MS).unref();
  return state;
}

/** Logs every few seconds instead of once per phone: under overload there are thousands. */
function reportShed(state: GateState): void {
  const shed = state.shed - state.reported;
  if (shed > 0) {
    state.reported = state.shed;
    log().warn(
      {
        shed,
        lagMs: Math.round(state.lagMs),
        transfers: countTransfers(),
        internal: openConnections("internal").count,
        external: openConnections("external").count,
      },
      "Overload: phones were told to retry later",
    );
  }
}

/**
 * Answers once the whole request has arrived: closing a connection with unread data resets it, and the phone may then
 * never see the response. Bodies larger than a check, such as logs, are not read.
 */
function shedRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  retryAfterSeconds: number,
): void {
  const answer = (): void => {
    writeRefusal(incoming, outgoing, retryAfterSeconds);
  };
  if (isWorthReading(incoming)) {
    incoming.once("end", answer).resume();
  } else {
    answer();
  }
}

function isWorthReading({ headers }: IncomingMessage): boolean {
  return (
    headers["transfer-encoding"] === undefined &&
    Number(headers["content-length"] ?? 0) <= MAX_CHECK_BYTES
  );
}

function writeRefusal(
  { url }: IncomingMessage,
  outgoing: ServerResponse,
  retryAfterSeconds: number,
): void {
  const reason = new AppError("unavailable", "Too many phones ask at once.", { retryAfterSeconds });
  // Closes the connection, so that its resources are free for phones that are served.
  respondProblem(outgoing, reason, url);
}
