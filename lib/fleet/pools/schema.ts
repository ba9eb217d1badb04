import { z } from "zod";
import { BRAKE_MODES } from "#fleet/pools/brake";
import { withoutTrailingSlashes } from "#foundation/core/trailing-slashes";
import { nameText } from "#foundation/core/name-text";

/** One label may be a bare host name, as in a laboratory without a domain. */
const FQDN =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

export const fqdn = z
  .string()
  .trim()
  .toLowerCase()
  // DNS tools write a name with a trailing dot.
  .overwrite((text) => (text.endsWith(".") ? text.slice(0, -1) : text))
  .regex(FQDN, "A host name such as pool01.contoso.com.");

const baseUrl = z
  .url({ protocol: /^https?$/, error: "A URL such as https://pool01.contoso.com.", abort: true })
  .max(255)
  .refine((text) => new URL(text).search === "" && new URL(text).hash === "", {
    error: "No query and no fragment.",
  })
  .transform(withoutTrailingSlashes);

const MAX_BRAKE_PHONES = 100_000;

const poolFields = {
  fqdn,
  siteName: nameText(64),
  internalBaseUrl: baseUrl,
  externalBaseUrl: baseUrl,
  sipDomains: z.array(fqdn).max(50),
  isDefault: z.boolean(),
  /** Absent in a new pool: the default. */
  brake: z.enum(BRAKE_MODES).optional(),
  brakePercent: z.int().min(1).max(100).optional(),
  brakePhones: z.int().min(1).max(MAX_BRAKE_PHONES).optional(),
};

export const createPoolInput = z.strictObject(poolFields);
export type CreatePoolInput = z.infer<typeof createPoolInput>;

/** What is absent stays as it is, so that a change does not undo another person's change of other fields. */
export const changePoolInput = z.strictObject({
  poolId: z.uuid(),
  ...z.strictObject(poolFields).partial().shape,
});
export type ChangePoolInput = z.infer<typeof changePoolInput>;

export const removePoolInput = z.strictObject({ poolId: z.uuid() });
export type RemovePoolInput = z.infer<typeof removePoolInput>;
