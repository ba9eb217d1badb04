import "server-only";
import type { MailServer } from "#access/notifications/model";
import { MAIL_SETTING } from "#access/notifications/model";
import type { ChangeMailServerInput } from "#access/notifications/schema";
import { PASSWORD_PURPOSE, parseStored } from "#access/notifications/server/mail-access";
import type { AuditFact } from "#foundation/audit/model";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { sealForHosts } from "#foundation/platform/db/session-key-claim";
import {
  changeSettingUnchecked,
  readSettingUnchecked,
} from "#foundation/settings/server/change-setting";

/**
 * Saves the mail server. Without a new password the stored one stays, if the server and the user are the same. Throws
 * `conflict` if a running host could not read the new one.
 */
export async function changeMailServer(
  context: UseCaseContext,
  { seenAt, server, password }: ChangeMailServerInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  const stored = parseStored(await readSettingUnchecked(MAIL_SETTING));
  const kept = server !== null && isSameLogin(stored.server, server) ? stored.password : null;
  const sealed = password === undefined ? kept : await sealForHosts(password, PASSWORD_PURPOSE);
  const value =
    server === null ? null : { server, password: server.userName === null ? null : sealed };
  await changeSettingUnchecked(context, {
    name: MAIL_SETTING,
    seenAt,
    value,
    toFact: (before) => toFact(parseStored(before).server, server, password !== undefined),
  });
}

/** A password is not sent to another server than the one that it was entered for. */
function isSameLogin(stored: MailServer | null, server: MailServer): boolean {
  return stored?.host === server.host && stored.userName === server.userName;
}

function toFact(
  before: MailServer | null,
  after: MailServer | null,
  isPasswordChanged: boolean,
): AuditFact {
  return {
    action: "settings.changed",
    subject: { kind: "settings", id: MAIL_SETTING, name: MAIL_SETTING },
    facts: {
      serverBefore: toText(before),
      server: toText(after),
      ...(isPasswordChanged ? { passwordChanged: true } : {}),
    },
  };
}

function toText(server: MailServer | null): string | null {
  if (server === null) {
    return null;
  }
  const { host, port, encryption, userName, from } = server;
  return `${host}:${port} ${encryption} ${userName ?? "-"} ${from}`;
}
