import enAudit from "#messages/en/audit";
import enCaptures from "#messages/en/captures";
import enChecks from "#messages/en/checks";
import enCommon from "#messages/en/common";
import enDeviceTokens from "#messages/en/device-tokens";
import enDevices from "#messages/en/devices";
import enDialect from "#messages/en/dialect";
import enErrors from "#messages/en/errors";
import enHomes from "#messages/en/homes";
import enImports from "#messages/en/imports";
import enLogs from "#messages/en/logs";
import enPools from "#messages/en/pools";
import enReadiness from "#messages/en/readiness";
import enRule from "#messages/en/rule";
import enSettings from "#messages/en/settings";
import enShell from "#messages/en/shell";
import enSignIn from "#messages/en/sign-in";
import enTable from "#messages/en/table";
import enTestDevices from "#messages/en/test-devices";
import enTokens from "#messages/en/tokens";
import enUpdates from "#messages/en/updates";
import frAudit from "#messages/fr/audit";
import frCaptures from "#messages/fr/captures";
import frChecks from "#messages/fr/checks";
import frCommon from "#messages/fr/common";
import frDeviceTokens from "#messages/fr/device-tokens";
import frDevices from "#messages/fr/devices";
import frDialect from "#messages/fr/dialect";
import frErrors from "#messages/fr/errors";
import frHomes from "#messages/fr/homes";
import frImports from "#messages/fr/imports";
import frLogs from "#messages/fr/logs";
import frPools from "#messages/fr/pools";
import frReadiness from "#messages/fr/readiness";
import frRule from "#messages/fr/rule";
import frSettings from "#messages/fr/settings";
import frShell from "#messages/fr/shell";
import frSignIn from "#messages/fr/sign-in";
import frTable from "#messages/fr/table";
import frTestDevices from "#messages/fr/test-devices";
import frTokens from "#messages/fr/tokens";
import frUpdates from "#messages/fr/updates";
import type { Locale } from "#foundation/i18n/locales";

// One file per namespace and language, so that people who work on different pages do not edit the same file.
const en = {
  audit: enAudit,
  captures: enCaptures,
  checks: enChecks,
  common: enCommon,
  devices: enDevices,
  deviceTokens: enDeviceTokens,
  dialect: enDialect,
  errors: enErrors,
  homes: enHomes,
  imports: enImports,
  logs: enLogs,
  pools: enPools,
  readiness: enReadiness,
  rule: enRule,
  settings: enSettings,
  shell: enShell,
  signIn: enSignIn,
  table: enTable,
  testDevices: enTestDevices,
  tokens: enTokens,
  updates: enUpdates,
};

/** English defines the keys. */
export type Messages = typeof en;

const fr: Messages = {
  audit: frAudit,
  captures: frCaptures,
  checks: frChecks,
  common: frCommon,
  devices: frDevices,
  deviceTokens: frDeviceTokens,
  dialect: frDialect,
  errors: frErrors,
  homes: frHomes,
  imports: frImports,
  logs: frLogs,
  pools: frPools,
  readiness: frReadiness,
  rule: frRule,
  settings: frSettings,
  shell: frShell,
  signIn: frSignIn,
  table: frTable,
  testDevices: frTestDevices,
  tokens: frTokens,
  updates: frUpdates,
};

/** All messages of the panel. A key that is missing in French does not compile; a test finds extra keys. */
export const MESSAGES: Readonly<Record<Locale, Messages>> = { en, fr };
