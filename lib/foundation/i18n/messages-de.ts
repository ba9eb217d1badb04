import audit from "#messages/de/audit";
import captures from "#messages/de/captures";
import charts from "#messages/de/charts";
import checks from "#messages/de/checks";
import common from "#messages/de/common";
import device from "#messages/de/device";
import deviceTokens from "#messages/de/device-tokens";
import devices from "#messages/de/devices";
import dialect from "#messages/de/dialect";
import doubtful from "#messages/de/doubtful";
import errors from "#messages/de/errors";
import fatal from "#messages/de/fatal";
import home from "#messages/de/home";
import homes from "#messages/de/homes";
import imports from "#messages/de/imports";
import logs from "#messages/de/logs";
import notices from "#messages/de/notices";
import notifications from "#messages/de/notifications";
import pools from "#messages/de/pools";
import readiness from "#messages/de/readiness";
import rejections from "#messages/de/rejections";
import retirement from "#messages/de/retirement";
import rollOuts from "#messages/de/roll-outs";
import rule from "#messages/de/rule";
import settings from "#messages/de/settings";
import shell from "#messages/de/shell";
import signIn from "#messages/de/sign-in";
import sites from "#messages/de/sites";
import table from "#messages/de/table";
import testDevices from "#messages/de/test-devices";
import tokens from "#messages/de/tokens";
import updates from "#messages/de/updates";

/** The panel in German: one file for each namespace, so that work on different pages touches different files. */
export const DE_MESSAGES = {
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
