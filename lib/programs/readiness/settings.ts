import { z } from "zod";
import { fqdn } from "#fleet/pools/schema";

/** Facts about the phones' network that the pools do not state. */
export type ReadinessSettings = {
  readonly dhcpDomains: readonly string[];
  /** Empty means the DNS servers of this machine. */
  readonly dnsServer: string;
  /** PEM; empty when phones trust only the usual authorities. */
  readonly trustedAuthorities: string;
};

export type StoredReadinessSettings = ReadinessSettings & {
  /** Null when the settings were never saved. */
  readonly updatedAt: Date | null;
};

export const READINESS_SETTING = "readiness";

export const DEFAULT_READINESS_SETTINGS: ReadinessSettings = {
  dhcpDomains: [],
  dnsServer: "",
  trustedAuthorities: "",
};

const ADDRESS =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|(?=[0-9a-f]*:)[0-9a-f:]{2,45}|\[[0-9a-f:]+\]:\d{1,5})$/i;

export const dnsServerAddress = z
  .string()
  .trim()
  .regex(ADDRESS, "An address such as 10.0.0.53 or 10.0.0.53:5353.");

export const readinessSettings = z.strictObject({
  dhcpDomains: z.array(fqdn).max(50),
  dnsServer: z.union([z.literal(""), dnsServerAddress]),
  trustedAuthorities: z
    .string()
    .trim()
    .max(256 * 1024)
    .refine((text) => text === "" || text.includes("-----BEGIN CERTIFICATE-----"), {
      error: "Certificates in PEM.",
    }),
});

export const setReadinessInput = readinessSettings.extend({
  /** `updatedAt` of the settings that the form showed; null when they were never saved. */
  seenAt: z.iso.datetime().nullable(),
});
export type SetReadinessInput = z.infer<typeof setReadinessInput>;

export const readinessCredentials = z.strictObject({
  userName: z.string().trim().min(1, "A name.").max(256),
  password: z.string().min(1, "A password.").max(1024),
});

export const runReadinessInput = z.strictObject({
  /** Null skips the external check and download. */
  credentials: readinessCredentials.nullable(),
});
export type RunReadinessInput = z.infer<typeof runReadinessInput>;
