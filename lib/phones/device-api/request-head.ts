import "server-only";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { hostname } from "node:os";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { AppError } from "#foundation/core/errors";
import {
  canonicalAddress,
  canonicalHost,
  hostKey,
  isLoopbackHost,
} from "#foundation/core/host-name";
import { ownHosts } from "#foundation/platform/http/panel-request";
import { respondProblem } from "#foundation/platform/http/problem-message";
import { climbs, readRequestTarget } from "#foundation/platform/http/request-target";
import { setRequestHeader } from "#foundation/platform/request-headers";

/** Requests whose target had a segment `..`. */
const climbing = new WeakSet<object>();
const THIS_MACHINE = hostKey(hostname());

/**
 * Runs before every other handler of a listener. Refuses a request head that two programs could read differently, and
 * normalises the target: all later code routes and decides the side of the firewall by this form.
 */
export function withPlainHead(serve: RequestListener): RequestListener {
  return (request, response) => {
    addMissingHost(request);
    const fault = faultOfHost(request) ?? takeTarget(request);
    if (fault === null) {
      serve(request, response);
    } else {
      refuse(response, fault);
    }
  };
}

/**
 * HTTP/1.0 has no Host header, but every later program refuses a request without one. The address that the client
 * connected to takes its place (RFC 9110, 7.2). Node itself refuses HTTP/1.1 requests without a host.
 */
function addMissingHost(request: IncomingMessage): void {
  if (request.headers.host === undefined) {
    const { localAddress = "", localPort = 0 } = request.socket;
    const address = canonicalAddress(localAddress) ?? THIS_MACHINE;
    setRequestHeader(request, "host", toAuthority(address, localPort));
  }
}

function toAuthority(address: string, port: number): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}

function faultOfHost(request: IncomingMessage): string | null {
  const { host } = request.headers;
  if (host === undefined) {
    return null;
  }
  const canonical = canonicalHost(host);
  if (canonical === null) {
    return "The header Host does not name a host.";
  }
  if (host.includes("%")) {
    // A zone is valid on the client's machine only, and URLs cannot contain one.
    setRequestHeader(request, "host", canonical);
  }
  return hasSeveralHosts(request.rawHeaders) ? "The header Host occurs more than once." : null;
}

function hasSeveralHosts(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") {
      count += 1;
    }
  }
  return count > 1;
}

/** In an absolute target, the authority replaces the Host header (RFC 9112, 3.2.2). */
function takeTarget(request: IncomingMessage): string | null {
  const target = readRequestTarget(request.url ?? "");
  if (target.kind === "invalid") {
    return "The target of the request is not a path.";
  }
  if (target.kind === "absolute") {
    if (!isOwnHost(target.authority, request)) {
      return "The target of the request names a host that is not this service.";
    }
    setRequestHeader(request, "host", target.authority);
  }
  if (request.url !== target.url && climbs(request.url ?? "")) {
    climbing.add(request);
  }
  request.url = target.url;
  return null;
}

/** Whether the target had a segment `..` before it was normalised. No phone sends one, and images have no such paths. */
export function hasClimbed(request: object): boolean {
  return climbing.has(request);
}

function isOwnHost(authority: string, { socket }: IncomingMessage): boolean {
  const host = canonicalHost(authority);
  if (host === null) {
    return false;
  }
  const local = canonicalAddress(socket.localAddress ?? "");
  return (
    isLoopbackHost(host) ||
    host === THIS_MACHINE ||
    host === local ||
    host === `[${local ?? ""}]` ||
    ownHosts().some((own) => hostKey(own) === host) ||
    ruleTableState().table?.hosts.has(host) === true
  );
}

function refuse(response: ServerResponse, detail: string): void {
  // Closes the connection: data that follows may belong to the same attack.
  respondProblem(response, new AppError("invalid_input", detail));
}
