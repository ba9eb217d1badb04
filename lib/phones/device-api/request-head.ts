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
import { ownHosts } from "#foundation/platform/http/own-hosts";
import { respondProblem } from "#foundation/platform/http/problem-message";
import { readRequestTarget } from "#foundation/platform/http/request-target";
import { setRequestHeader } from "#foundation/platform/set-request-header";

const THIS_MACHINE = hostKey(hostname());

/**
 * In front of everything that a listener serves: refuses a head that two programs could read differently, and writes the
 * target in the one form by which everything behind decides who answers and which side of the firewall a path is on.
 */
export function withPlainHead(serve: RequestListener): RequestListener {
  return (request, response) => {
    const fault = faultOfHost(request) ?? takeTarget(request);
    if (fault === null) {
      serve(request, response);
    } else {
      refuse(response, fault);
    }
  };
}

/** HTTP/1.1 without a host is refused by Node. */
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
    // A zone has a meaning on the client's machine only, and URLs cannot hold it.
    setRequestHeader(request, "host", canonical);
  }
  return hasSeveralHosts(request.rawHeaders) ? "The header Host is there more than once." : null;
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

/** Of a target with an authority, that authority counts and not the header (RFC 9112, 3.2.2). */
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
  request.url = target.url;
  return null;
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
  // It closes the connection: what follows on it may be part of the same attempt.
  respondProblem(response, new AppError("invalid_input", detail));
}
