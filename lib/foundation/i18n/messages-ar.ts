import audit from "#messages/ar/audit";
import captures from "#messages/ar/captures";
import charts from "#messages/ar/charts";
import checks from "#messages/ar/checks";
import common from "#messages/ar/common";
import device from "#messages/ar/device";
import deviceTokens from "#messages/ar/device-tokens";
import devices from "#messages/ar/devices";
import dialect from "#messages/ar/dialect";
import doubtful from "#messages/ar/doubtful";
import errors from "#messages/ar/errors";
import fatal from "#messages/ar/fatal";
import home from "#messages/ar/home";
import homes from "#messages/ar/homes";
import imports from "#messages/ar/imports";
import logs from "#messages/ar/logs";
import notices from "#messages/ar/notices";
import notifications from "#messages/ar/notifications";
import pools from "#messages/ar/pools";
import readiness from "#messages/ar/readiness";
import rejections from "#messages/ar/rejections";
import retirement from "#messages/ar/retirement";
import rollOuts from "#messages/ar/roll-outs";
import rule from "#messages/ar/rule";
import settings from "#messages/ar/settings";
import shell from "#messages/ar/shell";
import signIn from "#messages/ar/sign-in";
import sites from "#messages/ar/sites";
import table from "#messages/ar/table";
import testDevices from "#messages/ar/test-devices";
import tokens from "#messages/ar/tokens";
import updates from "#messages/ar/updates";

/** The panel in Arabic: one file for each namespace, so that work on different pages touches different files. */
export const AR_MESSAGES = {
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
