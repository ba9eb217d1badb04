import audit from "#messages/es/audit";
import captures from "#messages/es/captures";
import charts from "#messages/es/charts";
import checks from "#messages/es/checks";
import common from "#messages/es/common";
import device from "#messages/es/device";
import deviceTokens from "#messages/es/device-tokens";
import devices from "#messages/es/devices";
import dialect from "#messages/es/dialect";
import doubtful from "#messages/es/doubtful";
import errors from "#messages/es/errors";
import fatal from "#messages/es/fatal";
import home from "#messages/es/home";
import homes from "#messages/es/homes";
import imports from "#messages/es/imports";
import logs from "#messages/es/logs";
import notices from "#messages/es/notices";
import notifications from "#messages/es/notifications";
import pools from "#messages/es/pools";
import readiness from "#messages/es/readiness";
import rejections from "#messages/es/rejections";
import retirement from "#messages/es/retirement";
import rollOuts from "#messages/es/roll-outs";
import rule from "#messages/es/rule";
import settings from "#messages/es/settings";
import shell from "#messages/es/shell";
import signIn from "#messages/es/sign-in";
import sites from "#messages/es/sites";
import table from "#messages/es/table";
import testDevices from "#messages/es/test-devices";
import tokens from "#messages/es/tokens";
import updates from "#messages/es/updates";

/** The panel in Spanish: one file for each namespace, so that work on different pages touches different files. */
export const ES_MESSAGES = {
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
