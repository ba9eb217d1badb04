import "server-only";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AppError } from "#foundation/core/errors";
import type { KeyedSlots } from "#foundation/core/keyed-slots";
import { keyedSlots } from "#foundation/core/keyed-slots";
import type { ProblemMessage } from "#foundation/platform/http/problem-message";
import { problemMessage } from "#foundation/platform/http/problem-message";
import { decideRequestLimits } from "#foundation/platform/http/request-limits";
import { UPLOAD_HEADER, pendingUploads } from "#foundation/platform/http/longer-requests";
import { setRequestHeader } from "#foundation/platform/request-headers";

/** Limits of concurrent requests, in total and by address. A browser sends six at a time. */
const REQUEST_LIMITS = { max: 1_000, maxPerKey: 250 };
/** The framework keeps each body in memory: some 200 MiB if all bodies have the maximum size. */
const BODY_LIMITS = { max: 200, maxPerKey: 50 };
const RETRY_AFTER_SECONDS = 5;
/** How long a refused sender has to read the response before its connection is closed. */
const LINGER_MS = 1_000;
const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?next-auth\.session-token(?:\.\d+)?=/;

export type BoundRequestsOptions = {
  /** The address that a request comes from, also behind a trusted proxy. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Gives an upload more time to arrive. Called once its sender is known. */
  readonly extendUpload: (request: IncomingMessage, response: ServerResponse) => void;
};

/**
 * Limits requests for the panel and its API before the framework receives them, because the framework would buffer up
 * to 10 MiB of every body, from unknown senders as well. The listener limits the time in which a body must arrive.
 */
export function boundRequests(
  answer: RequestListener,
  { addressOf, extendUpload }: BoundRequestsOptions,
): RequestListener {
  const slots = { requests: keyedSlots(REQUEST_LIMITS), bodies: keyedSlots(BODY_LIMITS) };
  return (request, response) => {
    const address = addressOf(request);
    const limits = decideRequestLimits(toHead(request));
    if (limits.kind === "anonymous_upload") {
      refuse(request, response, signIn());
      return;
    }
    if (limits.kind === "small" && announcedBytes(request) > limits.maxBytes) {
      refuse(request, response, tooLarge(limits.maxBytes));
      return;
    }
    const isCounted =
      takeSlot(slots.requests, address, response) &&
      (limits.kind !== "small" || takeSlot(slots.bodies, address, response));
    if (!isCounted) {
      refuse(request, response, tooMany());
      return;
    }
    if (limits.kind === "small") {
      countBody(request, limits.maxBytes);
    } else if (limits.kind === "upload") {
      expectSender(request, () => {
        extendUpload(request, response);
      });
      endUnread(request, response);
    }
    answer(request, response);
  };
}

function toHead(request: IncomingMessage) {
  const { method = "", url = "/", headers } = request;
  const [path = "/"] = url.split("?", 1);
  return {
    method,
    path,
    hasBody: headers["transfer-encoding"] !== undefined || announcedBytes(request) > 0,
    hasCredentials:
      headers.authorization !== undefined || SESSION_COOKIE.test(headers.cookie ?? ""),
  };
}

function announcedBytes({ headers }: IncomingMessage): number {
  return Number(headers["content-length"] ?? 0);
}

function takeSlot(slots: KeyedSlots, address: string, response: ServerResponse): boolean {
  const release = slots.take(address);
  if (release !== null) {
    response.once("close", release);
  }
  return release !== null;
}

/**
 * Counts the bytes of a body without Content-Length. It overrides `push`, where Node passes the bytes on: a "data"
 * listener would consume them, and the framework reads later.
 */
function countBody(request: IncomingMessage, maxBytes: number): void {
  if (request.headers["transfer-encoding"] === undefined) {
    return;
  }
  const push = request.push.bind(request);
  let sizeBytes = 0;
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    sizeBytes += chunk instanceof Uint8Array ? chunk.length : 0;
    if (sizeBytes > maxBytes) {
      cutOff(request, tooLarge(maxBytes));
      return false;
    }
    return push(chunk, encoding);
  };
}

/** Lets the route of an upload extend its time limit once the sender is known. Until then nothing reads the body. */
function expectSender(request: IncomingMessage, extend: () => void): void {
  const id = randomUUID();
  setRequestHeader(request, UPLOAD_HEADER, id);
  pendingUploads().set(id, extend);
  request.once("close", () => pendingUploads().delete(id));
}

/**
 * Closes the connection of a response to an unread upload. Without a reader, Node would read and discard the rest for
 * hours.
 */
function endUnread(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    if (!request.complete) {
      setTimeout(() => request.socket.destroy(), LINGER_MS).unref();
    }
  });
}

/** Sends the complete response at once, gives the sender time to read it, then closes the connection. */
function refuse(request: IncomingMessage, response: ServerResponse, reason: AppError): void {
  const { status, text, headers } = toMessage(request, reason);
  response.writeHead(status, headers);
  response.write(text);
  const timer = setTimeout(() => response.end(), LINGER_MS).unref();
  response.once("close", () => {
    clearTimeout(timer);
  });
}

/** The same when the framework already holds the response. The framework sees a sender that disconnects. */
function cutOff(request: IncomingMessage, reason: AppError): void {
  const { socket } = request;
  if (socket.writableEnded) {
    return;
  }
  const { status, text, headers } = toMessage(request, reason);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${reason.code}`, ...lines, "", text].join("\r\n"));
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function toMessage({ url }: IncomingMessage, reason: AppError): ProblemMessage {
  const message = problemMessage(reason, url);
  return reason.code === "unauthenticated"
    ? { ...message, headers: { ...message.headers, "www-authenticate": "Bearer" } }
    : message;
}

function signIn(): AppError {
  return new AppError("unauthenticated", "Sign in, or send an API token.");
}

function tooLarge(maxBytes: number): AppError {
  return new AppError("payload_too_large", `The body may have at most ${maxBytes} bytes.`);
}

function tooMany(): AppError {
  return new AppError("unavailable", "Too many requests at once.", {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
