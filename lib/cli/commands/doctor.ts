import { readFile } from "node:fs/promises";
import { z } from "zod";
import { startRuleTable } from "#lib/check/server/rule-table-loader";
import { collect, defineCommand } from "#lib/cli/command";
import { formatJson } from "#lib/cli/output/json";
import { hasProblem, readinessText } from "#lib/cli/output/readiness-report";
import { AppError } from "#lib/core/errors";
import { runReadiness } from "#lib/discovery/run-readiness";
import { dnsServerAddress } from "#lib/discovery/settings";
import { fqdn } from "#lib/pools/schema";

const doctor = defineCommand({
  name: "doctor",
  cmdlet: null,
  summary: "find out what keeps phones from finding and fetching their updates",
  notes: `It looks up names, asks for the time, looks at certificates, and asks for an update, as a phone
does, and says how to mend what is wrong. Run it where phones are: it sees what this machine sees.
Without options it looks at the SIP domains of all pools and the DHCP domains of the settings.
Exit code 8 where there is a problem, 0 where there is none.`,
  examples: [
    "doctor",
    "doctor --domain contoso.com --dns 10.0.0.53",
    "doctor --dhcp-domain branch.contoso.com --json",
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .option("--domain <domain>", "only this SIP domain; may be repeated", collect)
      .option("--dhcp-domain <domain>", "a domain phones get by DHCP; may be repeated", collect)
      .option("--dns <address>", "the name server to ask, with its port if it is not 53")
      .option("--server <url>", "look here instead of the default pool's internal URL")
      .option("--trust <file>", "PEM of certificate authorities that phones trust")
      .option("--json", "print JSON");
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    domain: z.array(fqdn).default([]),
    dhcpDomain: z.array(fqdn).default([]),
    dns: dnsServerAddress.optional(),
    server: z
      .url({ protocol: /^https?$/, error: "A URL such as https://pool01.contoso.com." })
      .transform((text) => text.replace(/\/+$/, ""))
      .optional(),
    trust: z.string().optional(),
    json: z.boolean().default(false),
  }),
  run: async ({ context, terminal }, input) => {
    const trustedAuthorities = input.trust === undefined ? null : await readPem(input.trust);
    const rules = await startRuleTable();
    try {
      const report = await runReadiness(context(), {
        domains: input.domain,
        dhcpDomains: input.dhcpDomain,
        dnsServer: input.dns ?? null,
        server: input.server ?? null,
        trustedAuthorities,
      });
      terminal.write(input.json ? formatJson(report) : readinessText(report));
      return hasProblem(report) ? "some_failed" : "done";
    } finally {
      await rules.stop();
    }
  },
});

export const doctorCommands = [doctor];

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new AppError("invalid_input", `${path} cannot be read.`, { cause: error });
  }
}
