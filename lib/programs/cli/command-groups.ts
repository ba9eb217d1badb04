import type { RegisteredCommand } from "#programs/cli/command";

/** A file of commands. Its names are listed here, so that running one command does not load the files of the others. */
export type CommandFile = {
  /** In the order in which the help lists them. */
  readonly names: readonly string[];
  readonly load: () => Promise<{ readonly commands: readonly RegisteredCommand[] }>;
};

export type CommandGroup = {
  readonly heading: string;
  readonly files: readonly CommandFile[];
};

/** The groups of the help, in the order in which an administrator needs them. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    heading: "Import packages:",
    files: [
      {
        names: ["import-device-update"],
        load: () => import("#programs/cli/commands/import-device-update"),
      },
      {
        names: [
          "get-device-update-import",
          "resume-device-update-import",
          "stop-device-update-import",
        ],
        load: () => import("#programs/cli/commands/import-jobs"),
      },
    ],
  },
  {
    heading: "Review updates:",
    files: [
      {
        names: ["get-device-update-rule", "get-device-update-rule-event"],
        load: () => import("#programs/cli/commands/rules"),
      },
      {
        names: [
          "approve-device-update-rule",
          "reset-device-update-rule",
          "restore-device-update-rule",
          "remove-device-update-rule",
        ],
        load: () => import("#programs/cli/commands/review"),
      },
      {
        names: [
          "get-device-update-rollout",
          "get-device-update-rollout-site",
          "continue-device-update-rollout",
        ],
        load: () => import("#programs/cli/commands/roll-outs"),
      },
      { names: ["undo-device-update-rule"], load: () => import("#programs/cli/commands/undo") },
      {
        names: ["get-version-match", "new-version-match", "remove-version-match"],
        load: () => import("#programs/cli/commands/version-matches"),
      },
    ],
  },
  {
    heading: "Test devices and devices:",
    files: [
      {
        names: ["get-test-device", "new-test-device", "set-test-device", "remove-test-device"],
        load: () => import("#programs/cli/commands/test-devices"),
      },
      { names: ["get-device"], load: () => import("#programs/cli/commands/devices") },
      {
        names: ["get-retired-device", "retire-device", "restore-device"],
        load: () => import("#programs/cli/commands/retirement"),
      },
      {
        names: ["retire-matching-device"],
        load: () => import("#programs/cli/commands/retire-matching"),
      },
      { names: ["merge-device"], load: () => import("#programs/cli/commands/merge") },
      { names: ["export-list"], load: () => import("#programs/cli/commands/export-list") },
      { names: ["test-device-update"], load: () => import("#programs/cli/commands/what-if") },
    ],
  },
  {
    heading: "Pools, sites, accounts and tokens:",
    files: [
      {
        names: ["get-pool", "new-pool", "set-pool", "remove-pool"],
        load: () => import("#programs/cli/commands/pools"),
      },
      {
        names: ["get-site", "new-site", "set-site", "remove-site"],
        load: () => import("#programs/cli/commands/sites"),
      },
      {
        names: ["get-site-network", "set-site-network", "remove-site-network"],
        load: () => import("#programs/cli/commands/site-networks"),
      },
      {
        names: ["get-user-home", "set-user-home", "remove-user-home"],
        load: () => import("#programs/cli/commands/user-homes"),
      },
      {
        names: ["get-account", "new-account", "set-account", "remove-account"],
        load: () => import("#programs/cli/commands/accounts"),
      },
      {
        names: ["get-api-token", "new-api-token", "remove-api-token"],
        load: () => import("#programs/cli/commands/api-tokens"),
      },
      {
        names: ["get-device-token", "new-device-token", "remove-device-token"],
        load: () => import("#programs/cli/commands/device-tokens"),
      },
      {
        names: [
          "get-webhook",
          "new-webhook",
          "set-webhook",
          "rotate-webhook-secret",
          "test-webhook",
          "remove-webhook",
          "get-notification",
          "replay-notification",
        ],
        load: () => import("#programs/cli/commands/webhooks"),
      },
    ],
  },
  {
    heading: "What phones say:",
    files: [
      {
        names: ["get-capture", "remove-capture", "set-capture"],
        load: () => import("#programs/cli/commands/captures"),
      },
      {
        names: ["get-dialect", "set-dialect", "reset-dialect"],
        load: () => import("#programs/cli/commands/dialect"),
      },
    ],
  },
  {
    heading: "Logs of phones and checks:",
    files: [
      { names: ["get-update-check"], load: () => import("#programs/cli/commands/update-checks") },
      {
        names: ["get-device-update-log", "clear-device-update-log"],
        load: () => import("#programs/cli/commands/device-logs"),
      },
      {
        names: [
          "get-device-update-configuration",
          "new-device-update-configuration",
          "set-device-update-configuration",
          "remove-device-update-configuration",
        ],
        load: () => import("#programs/cli/commands/device-update-configuration"),
      },
    ],
  },
  {
    heading: "Upkeep:",
    files: [
      { names: ["doctor"], load: () => import("#programs/cli/commands/doctor") },
      { names: ["get-audit", "test-audit"], load: () => import("#programs/cli/commands/audit") },
      { names: ["backup", "restore"], load: () => import("#programs/cli/commands/backup") },
      { names: ["clear-device-update-file"], load: () => import("#programs/cli/commands/files") },
    ],
  },
  {
    heading: "Trying it out:",
    files: [{ names: ["phone"], load: () => import("#programs/cli/commands/phone") }],
  },
];
