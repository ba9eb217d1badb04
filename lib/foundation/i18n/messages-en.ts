import audit from "#messages/en/audit";
import captures from "#messages/en/captures";
import charts from "#messages/en/charts";
import checks from "#messages/en/checks";
import common from "#messages/en/common";
import device from "#messages/en/device";
import deviceTokens from "#messages/en/device-tokens";
import devices from "#messages/en/devices";
import dialect from "#messages/en/dialect";
import doubtful from "#messages/en/doubtful";
import errors from "#messages/en/errors";
import fatal from "#messages/en/fatal";
import home from "#messages/en/home";
import homes from "#messages/en/homes";
import imports from "#messages/en/imports";
import logs from "#messages/en/logs";
import notices from "#messages/en/notices";
import notifications from "#messages/en/notifications";
import pools from "#messages/en/pools";
import readiness from "#messages/en/readiness";
import rejections from "#messages/en/rejections";
import retirement from "#messages/en/retirement";
import rollOuts from "#messages/en/roll-outs";
import rule from "#messages/en/rule";
import settings from "#messages/en/settings";
import shell from "#messages/en/shell";
import signIn from "#messages/en/sign-in";
import sites from "#messages/en/sites";
import table from "#messages/en/table";
import testDevices from "#messages/en/test-devices";
import tokens from "#messages/en/tokens";
import updates from "#messages/en/updates";

/** The panel in English, which defines the keys: one file for each namespace, so that work on different pages touches different files. */
export const EN_MESSAGES = {
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
