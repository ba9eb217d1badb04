import { z } from "zod";
import { MAX_SITE_NETWORKS } from "#fleet/sites/model";
import { readNetwork } from "#fleet/sites/network";
import { nameText } from "#foundation/core/name-text";

export const MAX_SITE_NAME_CHARS = 64;
const MAX_LIST_CHARS = 500_000;

const siteName = nameText(MAX_SITE_NAME_CHARS);

const network = z
  .string()
  .max(64)
  .transform((text, context) => {
    const read = readNetwork(text);
    if (read.problem === null) {
      return read.network;
    }
    const message =
      read.problem === "not_a_network"
        ? "A network such as 10.4.0.0/16 or 2001:db8:4::/48."
        : read.problem === "no_prefix"
          ? `A network needs a prefix length, such as ${read.meant}.`
          : `${text.trim()} has bits set beyond its prefix; the network is ${read.meant}.`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

export const createSiteInput = z.strictObject({ name: siteName });
export type CreateSiteInput = z.infer<typeof createSiteInput>;

export const renameSiteInput = z.strictObject({ siteId: z.uuid(), name: siteName });
/** The body of `PATCH /api/sites/<id>`. */
export const renameSiteBody = renameSiteInput.omit({ siteId: true });
export type RenameSiteInput = z.infer<typeof renameSiteInput>;

export const removeSiteInput = z.strictObject({ siteId: z.uuid() });
export type RemoveSiteInput = z.infer<typeof removeSiteInput>;

const placement = z.strictObject({ network, siteName });
const placementOfScript = z
  .strictObject({ network, site: siteName })
  .transform(({ site, ...rest }) => ({ ...rest, siteName: site }));

/** Networks with the sites that they belong to from now on. Sites that do not exist are created. */
export const setNetworksInput = z.strictObject({ networks: eachOnce(z.array(placement)) });
export type SetNetworksInput = z.output<typeof setNetworksInput>;

/** The body of `POST /api/sites/networks`; with `whatIf`, nothing changes. */
export const putNetworksBody = z.strictObject({
  networks: eachOnce(z.array(placementOfScript)),
  whatIf: z.boolean().default(false),
});

export const removeNetworksInput = z.strictObject({
  networks: z.array(network).min(1).max(MAX_SITE_NETWORKS),
});
export type RemoveNetworksInput = z.output<typeof removeNetworksInput>;

export const previewNetworksInput = z.strictObject({
  text: z.string().max(MAX_LIST_CHARS),
  /** The site of lines that name none; null: each line names its site. */
  defaultSite: siteName.nullable(),
});
export type PreviewNetworksInput = z.infer<typeof previewNetworksInput>;

function eachOnce<Entry extends z.ZodType<{ readonly network: string }>>(list: z.ZodArray<Entry>) {
  return list
    .min(1)
    .max(MAX_SITE_NETWORKS)
    .refine((entries) => new Set(entries.map((one) => one.network)).size === entries.length, {
      error: "The same network is in the list twice.",
    });
}
