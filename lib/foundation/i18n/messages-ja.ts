import audit from "#messages/ja/audit";
import captures from "#messages/ja/captures";
import charts from "#messages/ja/charts";
import checks from "#messages/ja/checks";
import common from "#messages/ja/common";
import device from "#messages/ja/device";
import deviceTokens from "#messages/ja/device-tokens";
import devices from "#messages/ja/devices";
import dialect from "#messages/ja/dialect";
import doubtful from "#messages/ja/doubtful";
import errors from "#messages/ja/errors";
import fatal from "#messages/ja/fatal";
import home from "#messages/ja/home";
import homes from "#messages/ja/homes";
import imports from "#messages/ja/imports";
import logs from "#messages/ja/logs";
import notices from "#messages/ja/notices";
import notifications from "#messages/ja/notifications";
import pools from "#messages/ja/pools";
import readiness from "#messages/ja/readiness";
import rejections from "#messages/ja/rejections";
import retirement from "#messages/ja/retirement";
import rollOuts from "#messages/ja/roll-outs";
import rule from "#messages/ja/rule";
import settings from "#messages/ja/settings";
import shell from "#messages/ja/shell";
import signIn from "#messages/ja/sign-in";
import sites from "#messages/ja/sites";
import table from "#messages/ja/table";
import testDevices from "#messages/ja/test-devices";
import tokens from "#messages/ja/tokens";
import updates from "#messages/ja/updates";

/** The panel in Japanese: one file for each namespace, so that work on different pages touches different files. */
export const JA_MESSAGES = {
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
