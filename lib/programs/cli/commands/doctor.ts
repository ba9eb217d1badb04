import { z } from "zod";
import { startRuleTable } from "#phones/check/server/rule-table-loader";
import { collect, defineCommand } from "#programs/cli/command";
import { formatJson } from "#programs/cli/output/format";
import { hasProblem, readinessText } from "#programs/cli/output/readiness-report";
import type { Terminal } from "#programs/cli/terminal";
import { parseInput } from "#foundation/core/parse-input";
import { AppError } from "#foundation/core/errors";
import { withoutTrailingSlashes } from "#foundation/core/trailing-slashes";
import type { ReadinessCredentials } from "#programs/readiness/model";
import { runReadiness } from "#programs/readiness/run-readiness";
import { dnsServerAddress, readinessCredentials } from "#programs/readiness/settings";
import { fqdn } from "#fleet/pools/schema";
import { readTextFile } from "#programs/cli/read-text-file";

const doctor = defineCommand({
  name: "doctor",
  cmdlet: null,
  summary: "find problems that keep phones from finding or downloading updates",
  notes: `It resolves names, queries the time, examines certificates, and checks for an update, as a phone
does, and prints how to fix each problem. Run it in the phones' network: it sees what this machine sees.
Without options it examines the SIP domains of all pools and the DHCP domains of the settings.
With --user it also checks for an update and downloads it outside, with that user's credentials: only
over HTTPS, and only with a valid certificate. For a device token, the user is "token".
Exit code 8 if there is a problem, 0 if there is none.`,
  examples: [
    "doctor",
    "doctor --domain contoso.com --dns 10.0.0.53",
    "doctor --dhcp-domain branch.contoso.com --json",
    "doctor --user anna --password-stdin < password.txt",
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .option("--domain <domain>", "examine only this SIP domain; may be repeated", collect)
      .option(
        "--dhcp-domain <domain>",
        "a domain that phones receive by DHCP; may be repeated",
        collect,
      )
      .option("--dns <address>", "the name server to query, with its port if it is not 53")
      .option("--server <url>", "examine this URL instead of the default pool's internal URL")
      .option("--trust <file>", "PEM of certificate authorities that phones trust")
      .option("--user <name>", "try outside with this user's credentials; asks for the password")
      .option("--password-stdin", "read the password from standard input")
      .option("--json", "print JSON");
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    domain: z.array(fqdn).default([]),
    dhcpDomain: z.array(fqdn).default([]),
    dns: dnsServerAddress.optional(),
    server: z
      .url({ protocol: /^https?$/, error: "A URL such as https://pool01.contoso.com." })
      .transform(withoutTrailingSlashes)
      .optional(),
    trust: z.string().optional(),
    user: z.string().optional(),
    passwordStdin: z.boolean().default(false),
    json: z.boolean().default(false),
  }),
  run: async ({ context, terminal }, input) => {
    const trustedAuthorities = input.trust === undefined ? null : await readTextFile(input.trust);
    const credentials = await readCredentials(terminal, input);
    const rules = await startRuleTable();
    try {
      const report = await runReadiness(context(), {
        domains: input.domain,
        dhcpDomains: input.dhcpDomain,
        dnsServer: input.dns ?? null,
        server: input.server ?? null,
        trustedAuthorities,
        credentials,
      });
      terminal.write(input.json ? formatJson(report) : readinessText(report));
      return hasProblem(report) ? "some_failed" : "done";
    } finally {
      await rules.stop();
    }
  },
});

export const commands = [doctor];

type CredentialOptions = {
  readonly user?: string | undefined;
  readonly passwordStdin: boolean;
};

/** Null if no user is named. A password is never an argument: all users of the machine can see arguments, and shells keep them. */
async function readCredentials(
  terminal: Pick<Terminal, "readInput" | "canAsk" | "askSecret">,
  { user, passwordStdin }: CredentialOptions,
): Promise<ReadinessCredentials | null> {
  if (user === undefined) {
    if (passwordStdin) {
      throw new AppError("invalid_input", "--password-stdin needs --user.");
    }
    return null;
  }
  if (!passwordStdin && !terminal.canAsk) {
    throw new AppError(
      "invalid_input",
      "There is no terminal to ask for a password at: use --password-stdin.",
    );
  }
  const [password = ""] = passwordStdin
    ? (await terminal.readInput()).split(/\r?\n/)
    : [await terminal.askSecret("Password: ")];
  return parseInput(readinessCredentials, { userName: user, password });
}
