import { PROVISIONING_PATHS, readProvisioning } from "#formats/protocol/provisioning-xml";
import { authorization, networkReason, readText, sendRequest } from "#programs/simulator/http";
import type { FailedCheck } from "#programs/simulator/check";
import type { PhoneOptions } from "#programs/simulator/options";
import type { FoundServer } from "#programs/simulator/resolve-server";
import { resolveServer, resolveUrl } from "#programs/simulator/resolve-server";

const MAX_DOCUMENT_BYTES = 64 * 1024;

/**
 * Finds the update service as a phone does: the configured server or the one it looks up in DNS and, if a user is
 * signed in, the internal or external address in that user's provisioning document.
 */
export async function findService(
  options: PhoneOptions,
  signal: AbortSignal,
): Promise<FoundServer | FailedCheck> {
  const first = await resolveServer(options.server, options.side);
  signal.throwIfAborted();
  if (first.kind === "not_found") {
    return failed("unreachable", `${first.name} was not found: ${first.reason}.`);
  }
  return options.provisionedUser === null
    ? first
    : followProvisioning(options, { server: first, user: options.provisionedUser, signal });
}

type SignIn = {
  readonly server: FoundServer;
  /** A SIP address. */
  readonly user: string;
  readonly signal: AbortSignal;
};

async function followProvisioning(
  options: PhoneOptions,
  signIn: SignIn,
): Promise<FoundServer | FailedCheck> {
  const document = await fetchDocument(options, signIn);
  if (typeof document !== "string") {
    return document;
  }
  const provisioning = readProvisioning(document);
  if (provisioning === null) {
    return failed("not_understood", "The provisioning document has no update server.");
  }
  if (!provisioning.isEnabled) {
    return failed("refused", "The provisioning document switches updates off.");
  }
  const { internalUrl, externalUrl } = provisioning;
  const url = new URL(options.side === "internal" ? internalUrl : externalUrl);
  const found = await resolveUrl(url, options.server);
  return found.kind === "found"
    ? found
    : failed("unreachable", `${found.name} was not found: ${found.reason}.`);
}

async function fetchDocument(
  options: PhoneOptions,
  { server, user, signal }: SignIn,
): Promise<string | FailedCheck> {
  const url = new URL(PROVISIONING_PATHS[options.side], server.url);
  url.searchParams.set("user", user);
  try {
    const incoming = await sendRequest({
      method: "GET",
      url,
      headers: authorization(options),
      connectTo: server.connectTo,
      trustedAuthorities: options.trustedAuthorities,
      signal,
    });
    const status = incoming.statusCode ?? 0;
    const text = await readText(incoming, MAX_DOCUMENT_BYTES);
    return status === 200
      ? (text ?? "")
      : {
          ...failed("refused", `No provisioning document: the server answered ${status}.`),
          status,
        };
  } catch (error) {
    signal.throwIfAborted();
    return failed("unreachable", `No answer from ${url.host}: ${networkReason(error)}.`);
  }
}

function failed(reason: FailedCheck["reason"], message: string): FailedCheck {
  return { kind: "failed", reason, status: null, message, retryAfterSeconds: null };
}
