import type { Role } from "#foundation/core/permissions";
import { DEFAULT_CAPTURE_SETTINGS } from "#phones/captures/schema";
import { ID } from "./rest-access.ts";

/** Who may call a server action, with an input that is valid. */
export type ActionAccess = {
  /** The lowest role that may. */
  readonly role: Role;
  readonly input: unknown;
};

const OTHER_ID = "3de8cbf6-9441-4f61-b755-1e4bef1effde";
const PHONES = { deviceIds: [ID] };
const TEST_DEVICE = { identifierType: "SerialNumber", identifier: "A1B2-77" };
const NEW_TEST_DEVICE = { ...TEST_DEVICE, siteName: null, name: "desk" };
const WEBHOOK = { webhookId: ID };
const POOL = {
  ...{ fqdn: "pool09.contoso.com", siteName: "Berlin", sipDomains: [], isDefault: false },
  ...{ internalBaseUrl: "http://pool09.contoso.com" },
  ...{ externalBaseUrl: "https://pool09.contoso.com" },
};
const PASSWORD = "correct horse battery";

export const ACTION_ACCESS: Readonly<Record<string, ActionAccess>> = {
  changeOwnNotificationsAction: of("viewer", {
    ...{ email: null, locale: "en", timeZone: "Europe/Berlin", frequencies: {} },
  }),
  createAccountAction: of("administrator", {
    ...{ name: "mallory", password: PASSWORD, role: "administrator" },
  }),
  changeAccountAction: of("administrator", { accountId: ID, role: "administrator" }),
  removeAccountAction: of("administrator", { accountId: ID }),
  setCaptureAction: of("administrator", {
    settings: { ...DEFAULT_CAPTURE_SETTINGS, mode: "all" },
    seenAt: null,
  }),
  removeCapturesAction: of("administrator", { every: true }),
  retirePhonesAction: of("administrator", PHONES),
  restorePhonesAction: of("administrator", PHONES),
  previewMatchingAction: of("viewer", { q: "" }),
  startPhoneJobAction: of("administrator", { kind: "retire_ghosts", seenCount: 0 }),
  cancelPhoneJobAction: of("administrator", { jobId: ID }),
  makeTestDevicesAction: of("operator", { target: PHONES, scope: "everywhere" }),
  previewRetireByAgeAction: of("viewer", { days: 30 }),
  setRetireByAgeAction: of("administrator", { days: 30, seenAt: null }),
  previewMergeAction: of("viewer", { deviceIds: [ID, OTHER_ID] }),
  mergePhonesAction: of("administrator", { deviceIds: [ID, OTHER_ID], keptId: ID }),
  setUserHomeAction: of("administrator", {
    ...{ sipAddress: "anna@contoso.com", poolFqdn: "pool01.contoso.com" },
  }),
  removeUserHomesAction: of("administrator", { sipAddresses: ["anna@contoso.com"] }),
  setProvisioningSwitchAction: of("administrator", {
    ...{ isEnabled: false, disabledPoolIds: [], seenAt: null },
  }),
  clearLogsAction: of("administrator", { daysBack: 30 }),
  createLogSettingsAction: of("administrator", {
    siteName: "Default",
    settings: {
      ...{ validTypes: ["Watson"], validExtensions: [".log"], maxFileSizeBytes: 2048 },
      ...{ maxCacheBytes: 0, flushIntervalSeconds: 60, cleanUpIntervalDays: 1 },
      ...{ cleanUpTimeOfDay: null },
    },
  }),
  changeLogSettingsAction: of("administrator", {
    ...{ siteName: null, settings: { maxCacheBytes: 0 } },
  }),
  removeLogSettingsAction: of("administrator", { siteName: null }),
  createPoolAction: of("administrator", POOL),
  changePoolAction: of("administrator", { poolId: ID, isDefault: true }),
  removePoolAction: of("administrator", { poolId: ID }),
  runReadinessAction: of("operator", { credentials: null }),
  setReadinessSettingsAction: of("administrator", {
    ...{ dhcpDomains: [], dnsServer: "", trustedAuthorities: "", seenAt: null },
  }),
  continueRollOutAction: of("operator", { rollOutId: ID, reason: "a test" }),
  changeOwnPasswordAction: of("viewer", {
    ...{ currentPassword: "not the password", password: PASSWORD },
  }),
  createApiTokenAction: of("viewer", { name: "script", keepDays: 1 }),
  revokeApiTokenAction: of("viewer", { tokenId: ID }),
  createDeviceTokenAction: of("administrator", {
    ...{ name: "desk", macAddress: null, keepDays: 1 },
  }),
  revokeDeviceTokenAction: of("administrator", { tokenId: ID }),
  changeDialectAction: of("administrator", {
    dialect: {
      ...{ schema: 1, updateTemplate: "<a/>", noUpdateTemplate: "<a/>", hasDeclaration: true },
      ...{ contentType: "text/xml; charset=utf-8", updateStatus: 200, noUpdateStatus: 200 },
      ...{ timestampFormat: "iso_8601", filesFamily: "request_handler", requestNames: {} },
    },
    seenAt: null,
  }),
  resetDialectAction: of("administrator", { seenAt: null }),
  changeMailServerAction: of("administrator", {
    ...{ seenAt: null, server: null },
  }),
  sendTestMailAction: of("administrator", { to: "anna@contoso.com" }),
  createWebhookAction: of("administrator", {
    ...{ name: "chat", url: "http://127.0.0.1:9/", kinds: ["brake"] },
  }),
  changeWebhookAction: of("administrator", WEBHOOK),
  removeWebhookAction: of("administrator", WEBHOOK),
  rotateWebhookSecretAction: of("administrator", WEBHOOK),
  testWebhookAction: of("administrator", WEBHOOK),
  replayMessageAction: of("administrator", { messageId: ID }),
  createSiteAction: of("administrator", { name: "Berlin" }),
  renameSiteAction: of("administrator", { siteId: ID, name: "Berlin" }),
  removeSiteAction: of("administrator", { siteId: ID }),
  previewNetworksAction: of("viewer", { text: "10.4.0.0/16", defaultSite: "Berlin" }),
  setNetworksAction: of("administrator", {
    networks: [{ network: "10.4.0.0/16", siteName: "Berlin" }],
  }),
  removeNetworksAction: of("administrator", { networks: ["10.4.0.0/16"] }),
  createTestDeviceAction: of("operator", NEW_TEST_DEVICE),
  createTestDevicesAction: of("operator", { testDevices: [NEW_TEST_DEVICE] }),
  changeTestDeviceAction: of("operator", { ...TEST_DEVICE, testDeviceId: ID }),
  removeTestDevicesAction: of("operator", { testDeviceIds: [ID] }),
  reviewRulesAction: of("operator", {
    ...{ action: "approve", rules: [{ ruleId: ID }], reason: "" },
  }),
  undoReviewsAction: of("operator", { eventIds: ["1"], reason: "" }),
  createVersionMatchAction: of("operator", {
    ...{ ruleId: ID, reportedVersion: "5.4.0.1" },
  }),
  revokeVersionMatchAction: of("operator", { versionMatchId: ID }),
  describeImportAction: of("administrator", { importId: ID, details: [] }),
  confirmImportAction: of("administrator", { importId: ID, reason: "a test" }),
  cancelImportAction: of("administrator", { importId: ID }),
};

/** Actions of every page that need no role: they change only the caller's own cookies. */
export const ACTIONS_FOR_ANYONE: readonly string[] = ["chooseLocale", "signOutAction"];

function of(role: Role, input: unknown): ActionAccess {
  return { role, input };
}
