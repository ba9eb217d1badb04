import { beforeAll, expect, test } from "vitest";
import { runCli } from "#programs/cli/testing/run-cli";
import { aPool } from "#firmware/rules/testing/rules";
import { emptyTables } from "#foundation/platform/testing/database";

const RULE = "2de8cbf6-9441-4f61-b755-1e4bef1effde";
const ID = "019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607";

beforeAll(async () => {
  await emptyTables();
  await aPool("pool01.contoso.com");
});

/** Calls that name one object, which does not exist. */
const CALLS = [
  `get-device-update-import ${ID}`,
  `resume-device-update-import ${ID}`,
  `stop-device-update-import ${ID}`,
  `get-device-update-rule ${RULE}`,
  `get-device-update-rule-event ${RULE}`,
  `get-device-update-rollout ${RULE}`,
  `get-device-update-rollout-site ${ID}`,
  `continue-device-update-rollout ${ID} --reason why`,
  `new-version-match ${RULE} --reported 9`,
  `remove-version-match ${ID}`,
  `get-test-device site:Nowhere`,
  `new-test-device site:Nowhere/Lab --identifier 00-04-F2-00-01-76`,
  `set-test-device global/None --identifier 00-04-F2-00-01-76`,
  `remove-test-device global/None`,
  `remove-test-device site:Nowhere`,
  `get-device --roll-out ${ID}`,
  `retire-device 00-04-F2-00-01-76`,
  `restore-device 00-04-F2-00-01-76`,
  `merge-device 00-04-F2-00-01-76 00-04-F2-00-01-77`,
  `test-device-update --approve ${RULE}`,
  `get-pool none`,
  `set-pool none --default`,
  `remove-pool none`,
  `get-site Nowhere`,
  `set-site Nowhere --name Somewhere`,
  `remove-site Nowhere`,
  `remove-site-network 10.4.0.0/16`,
  `set-user-home adamb@contoso.com --pool none`,
  `remove-user-home adamb@contoso.com`,
  `remove-user-home adamb@contoso.com --what-if`,
  `get-account unknown`,
  `set-account unknown --disable`,
  `remove-account unknown`,
  `get-api-token --account unknown`,
  `new-api-token --account unknown --name ci`,
  `remove-api-token ${ID}`,
  `remove-device-token ${ID}`,
  `set-webhook ${ID} --disable`,
  `rotate-webhook-secret ${ID}`,
  `test-webhook ${ID}`,
  `remove-webhook ${ID}`,
  `replay-notification ${ID}`,
  `get-capture ${ID}`,
  `remove-capture ${ID}`,
  `get-device-update-configuration site:Nowhere`,
  `remove-device-update-configuration site:Nowhere`,
];

test.each(CALLS)("%s exits with 3 and says so in one line", async (call) => {
  const { code, stdout, stderr } = await runCli(call.split(" "));

  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(/^ucupdates: [^\n]+\n$/);
});
