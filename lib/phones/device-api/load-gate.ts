import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#foundation/core/errors";
import { LARGEST_CHECK_BYTES } from "#phones/device-api/check-handler";
import type { NativeListener } from "#phones/device-api/device-env";
import { recordShed } from "#phones/device-api/record-shed";
import type { Side } from "#fleet/devices/model";
import { decideLoad, isAtEase, nextLag } from "#phones/device-api/shed-load";
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
/** Beyond these a connection ends with its answer: a phone asks once a day. */
const MOST_KEPT_CONNECTIONS = 2_000;

/**
 * Serves a request, or tells the phone when to come again: while everybody comes at once, most are answered in time
 * rather than all of them too late. In front of everything, because sending away must cost less than serving.
 */
export function loadGate(side: Side, serve: NativeListener): NativeListener {
  const open = openConnections(side);
  const state = gateState();
  return (incoming, outgoing) => {
    if (open.count > MOST_KEPT_CONNECTIONS && !isHandshake(incoming)) {
      outgoing.shouldKeepAlive = false;
    }
    pass(incoming, outgoing, { state, side, connections: open.count, serve });
  };
}

/** NTLM signs a connection in, which has to outlive the answers in between. */
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
  if (!isAtEase(load)) {
    const decision = decideLoad(load, Math.random());
    if (decision.outcome === "shed") {
      state.shed += 1;
      recordShed(incoming, side);
      sendAway(incoming, outgoing, decision.retryAfterSeconds);
      return;
    }
  }
  serve(incoming, outgoing);
}

/** How the gate of this process is doing. */
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

/** Says so every few seconds and not once per phone: there are thousands of them just then. */
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
      "Too much at once: phones were told to come again",
    );
  }
}

/**
 * Once the request has arrived whole: to close a connection on which something is unread resets it, and the phone may
 * then never see the answer. (A log is not worth waiting for: its sender is not in a storm.)
 */
function sendAway(
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
    Number(headers["content-length"] ?? 0) <= LARGEST_CHECK_BYTES
  );
}

function writeRefusal(
  { url }: IncomingMessage,
  outgoing: ServerResponse,
  retryAfterSeconds: number,
): void {
  const reason = new AppError("unavailable", "Too many phones ask at once.", { retryAfterSeconds });
  // It closes the connection: what it takes to keep one open is better spent on phones that are served.
  respondProblem(outgoing, reason, url);
}
