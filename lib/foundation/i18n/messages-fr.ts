import audit from "#messages/fr/audit";
import captures from "#messages/fr/captures";
import charts from "#messages/fr/charts";
import checks from "#messages/fr/checks";
import common from "#messages/fr/common";
import device from "#messages/fr/device";
import deviceTokens from "#messages/fr/device-tokens";
import devices from "#messages/fr/devices";
import dialect from "#messages/fr/dialect";
import doubtful from "#messages/fr/doubtful";
import errors from "#messages/fr/errors";
import fatal from "#messages/fr/fatal";
import home from "#messages/fr/home";
import homes from "#messages/fr/homes";
import imports from "#messages/fr/imports";
import logs from "#messages/fr/logs";
import notices from "#messages/fr/notices";
import notifications from "#messages/fr/notifications";
import pools from "#messages/fr/pools";
import readiness from "#messages/fr/readiness";
import rejections from "#messages/fr/rejections";
import retirement from "#messages/fr/retirement";
import rollOuts from "#messages/fr/roll-outs";
import rule from "#messages/fr/rule";
import settings from "#messages/fr/settings";
import shell from "#messages/fr/shell";
import signIn from "#messages/fr/sign-in";
import sites from "#messages/fr/sites";
import table from "#messages/fr/table";
import testDevices from "#messages/fr/test-devices";
import tokens from "#messages/fr/tokens";
import updates from "#messages/fr/updates";

/** The panel in French: one file for each namespace, so that work on different pages touches different files. */
export const FR_MESSAGES = {
  audit,
  captures,
  charts,
  checks,
  common,
  device,
  deviceTokens,
  devices,
  dialect,
  doubtful,
  errors,
  fatal,
  home,
  homes,
  imports,
  logs,
  notices,
  notifications,
  pools,
  readiness,
  rejections,
  retirement,
  rollOuts,
  rule,
  settings,
  shell,
  signIn,
  sites,
  table,
  testDevices,
  tokens,
  updates,
};
