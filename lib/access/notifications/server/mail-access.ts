import "server-only";
import { z } from "zod";
import type { StoredMailServer } from "#access/notifications/model";
import { MAIL_SETTING } from "#access/notifications/model";
import { mailServer } from "#access/notifications/schema";
import type { MailAccess } from "#access/notifications/server/send-mail";
import { unseal } from "#foundation/platform/seal";
import type { StoredSetting } from "#foundation/settings/model";
import { readSettingUnchecked } from "#foundation/settings/server/change-setting";

const storedServer = z.object({ server: mailServer, password: z.string().nullable() });
export const PASSWORD_PURPOSE = "mail server";

/** How to reach the mail server; null: none is set, or its password cannot be decrypted. */
export async function readMailAccess(): Promise<MailAccess | null> {
  const { server, password } = parseStored(await readSettingUnchecked(MAIL_SETTING));
  if (server === null) {
    return null;
  }
  const plain = password === null ? null : unseal(password, PASSWORD_PURPOSE);
  return password !== null && plain === null ? null : { server, password: plain };
}

/** Whether people are told by e-mail at all. */
export async function isMailConfigured(): Promise<boolean> {
  return parseStored(await readSettingUnchecked(MAIL_SETTING)).server !== null;
}

/** The stored setting with the encrypted password. */
export function parseStored(
  setting: StoredSetting | null,
): Pick<StoredMailServer, "server"> & { readonly password: string | null } {
  const parsed = storedServer.safeParse(setting?.value);
  return parsed.success ? parsed.data : { server: null, password: null };
}
