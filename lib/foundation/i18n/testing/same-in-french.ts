/**
 * Texts that are correct in both languages. A test reports every other identical text as untranslated. Add a text here
 * only if it is correct French.
 */
export const SAME_IN_FRENCH: ReadonlySet<string> = new Set([
  "Action",
  "Actions",
  "Capture",
  "Captures",
  "Description",
  "Image",
  "Images",
  "Modules",
  "Notes",
  "Pool",
  "Pool {pool}",
  "Pools",
  "DHCP",
  "SIP",
  "SHA-256",
  "Signature",
  "Site",
  "Site {site}",
  "Sites",
  "Version",
  "Versions",
  "ucupdates",
  "updateInfo.xml",
  "{count, plural, one {# minute} other {# minutes}}",
  "{count, plural, one {# pool} other {# pools}}",
]);
