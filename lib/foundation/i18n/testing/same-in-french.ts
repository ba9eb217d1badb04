/**
 * Texts that are the same in both languages because the words are; a test takes anything else that is the same for
 * something that was forgotten. Add the text here if French really says it like that.
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
