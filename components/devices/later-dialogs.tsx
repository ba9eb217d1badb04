"use client";

import { loadLater } from "#components/ui/load-later";

// The dialogs of actions on phones, each loaded when it is first opened.

export const RetirementDialog = loadLater(() =>
  import("#components/devices/retirement-dialog").then((module) => module.RetirementDialog),
);

export const JobDialog = loadLater(() =>
  import("#components/phone-jobs/job-dialog").then((module) => module.JobDialog),
);
