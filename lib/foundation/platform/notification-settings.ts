import { z } from "zod";
import { isIpRange } from "#foundation/platform/ip-ranges";
import { optional } from "#foundation/platform/setting-kinds";

const networks = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .refine(
    (parts) => parts.every((part) => part === "none" || isIpRange(part)),
    "a comma-separated list of addresses or ranges such as 10.0.0.0/8, or none",
  )
  .transform((parts) => parts.filter((part) => part !== "none"));

/** This machine, link-local addresses (where clouds answer with credentials), and what is no address of one receiver. */
const REFUSED_BY_DEFAULT = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/3",
  "::/127",
  "fe80::/10",
  "ff00::/8",
] as const;

/** What cannot be set in the panel about e-mail and webhooks. */
export const notificationSettings = {
  // Webhooks do not connect to these. Private networks are not among them: the receivers of this product are there.
  WEBHOOK_REFUSED_NETWORKS: optional(networks).transform(
    (value) => value ?? [...REFUSED_BY_DEFAULT],
  ),
  // Authorities that the mail server's certificate may come from, in addition to those that Node.js knows.
  SMTP_CA_FILE: optional(z.string().trim()),
};
