import "server-only";
import type { Socket } from "node:net";
import { attemptGate } from "#access/accounts/server/attempt-gate";
import { readAuthorization } from "#access/credentials/authorization";
import type { CallerCheck, UserCaller } from "#access/credentials/model";
import { backends } from "#access/credentials/server/backends";
import { checkUser } from "#access/credentials/server/check-user";
import { SECRET_PREFIX, TOKEN_USER_NAME } from "#access/device-tokens/model";
import { findTokenOfSecret, startTokenTable } from "#access/device-tokens/server/token-table";

export type CallerRequest = {
  /** The `Authorization` header. */
  readonly authorization: string | null;
  readonly address: string;
  /** The phone's own TCP connection; null behind a proxy, which may share a connection among phones. */
  readonly connection: Socket | null;
};

const TOKEN_FORMS = { userName: TOKEN_USER_NAME, prefix: SECRET_PREFIX } as const;

/** Name and password (RFC 7617), for phones that support no better scheme. */
const BASIC_CHALLENGE = 'Basic realm="ucupdates", charset="UTF-8"';

/**
 * Whether a phone outside the firewall sends valid user credentials or a valid device token. Every known user is
 * accepted; roles apply only to the panel. Throws `unavailable` if no backend can verify the credentials.
 */
export async function checkCaller(request: CallerRequest): Promise<CallerCheck> {
  const authorization = readAuthorization(request.authorization, TOKEN_FORMS);
  switch (authorization.kind) {
    case "none":
      return checkConnection(request);
    case "basic":
      return checkUser({ ...authorization, address: request.address });
    case "token":
      return checkToken(authorization.secret, request.address);
    case "ntlm":
      return checkNtlm(request, authorization.message);
    case "unknown":
      return { outcome: "invalid" };
  }
}

/** The values of `WWW-Authenticate` for a phone that is not authenticated, the best scheme first. */
export function challengesFor(connection: Socket | null): readonly string[] {
  const isNtlmPossible = connection !== null && backends().ntlm !== null;
  return isNtlmPossible ? ["NTLM", BASIC_CHALLENGE] : [BASIC_CHALLENGE];
}

/** An authenticated connection keeps its user (NTLM). */
function checkConnection({ connection, address }: CallerRequest): CallerCheck {
  const user = connection === null ? null : backends().ntlm?.userOf(connection, address);
  return user === null || user === undefined
    ? { outcome: "missing" }
    : { outcome: "valid", caller: ntlmCaller(user) };
}

/** A valid token is found in memory and skips the attempt gate; a wrong one counts for its address. */
async function checkToken(secret: string, address: string): Promise<CallerCheck> {
  await startTokenTable();
  const token = findTokenOfSecret(secret, new Date());
  return token === null
    ? attemptGate().run({ name: null, secret: null, address }, Date.now(), () =>
        Promise.resolve({ outcome: "invalid" }),
      )
    : {
        outcome: "valid",
        caller: { kind: "device_token", name: token.name, macAddress: token.macAddress },
      };
}

/** The domain reports the user's name but no SIP address. */
function ntlmCaller(name: string): UserCaller {
  return { kind: "user", name, sipAddress: null };
}

async function checkNtlm(
  { connection, address }: CallerRequest,
  message: string,
): Promise<CallerCheck> {
  const { ntlm } = backends();
  if (ntlm === null || connection === null) {
    return { outcome: "invalid" };
  }
  const answer = await attemptGate().run({ name: null, secret: null, address }, Date.now(), () =>
    ntlm.answer(connection, address, message),
  );
  return answer.outcome === "valid"
    ? { outcome: "valid", caller: ntlmCaller(answer.user) }
    : answer;
}
