import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { requireProgram } from "#foundation/platform/testing/debian-packages";

const run = promisify(execFile);

/** A Samba domain controller with winbind, in its own network and process namespaces. */
export type SambaDomain = {
  /** Replaces `/usr/bin/ntlm_auth` of a machine that has joined the domain. */
  readonly helper: string;
  readonly createUser: (name: string, password: string) => Promise<void>;
  readonly disableUser: (name: string) => Promise<void>;
  /** The number of wrong passwords that the domain has counted for a user, and whether the account is locked. */
  readonly countWrongPasswords: (
    name: string,
  ) => Promise<{ readonly count: number; readonly isLocked: boolean }>;
  readonly stop: () => Promise<void>;
};

const PACKAGES = ["samba", "samba-ad-dc", "samba-ad-provision", "winbind", "krb5-user"];
const ADMINISTRATOR_PASSWORD = "Adm1n-of-the-test";
/** Where Samba's client library looks for winbind. The configuration cannot change this. */
const PIPE_DIRECTORY = "/run/samba/winbindd";

/** Provisions and starts a domain CONTOSO that locks an account after five wrong passwords. */
export async function startSambaDomain(): Promise<SambaDomain> {
  if (process.getuid?.() !== 0) {
    throw new Error("This test needs root, because a Samba domain controller runs only as root.");
  }
  await requireProgram("/usr/bin/ntlm_auth", PACKAGES);
  await requireProgram("/usr/sbin/samba", PACKAGES);
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-samba-"));
  const at = (name: string): string => join(directory, name);
  await chmod(directory, 0o755);
  await provision(directory);
  const configuration = await configure(directory);
  const tool = (...words: readonly string[]) =>
    run("samba-tool", [...words, "-H", at("private/sam.ldb"), "-s", configuration]);
  await tool("domain", "passwordsettings", "set", "--account-lockout-threshold=5");

  const samba = spawn(
    "unshare",
    [
      ...["--net", "--pid", "--fork", "--kill-child", "sh", "-c"],
      `ip link set lo up && exec samba --foreground --no-process-group -s "${configuration}"`,
    ],
    { stdio: "ignore" },
  );
  const helper = await writeHelper(directory, configuration);
  const domain = {
    helper,
    createUser: async (name: string, password: string) => {
      await tool("user", "create", name, password);
    },
    disableUser: async (name: string) => {
      await tool("user", "disable", name);
    },
    countWrongPasswords: async (name: string) => {
      const { stdout } = await tool("user", "show", name, "--attributes=badPwdCount,lockoutTime");
      const valueOf = (attribute: string): string =>
        new RegExp(`^${attribute}: (.*)$`, "m").exec(stdout)?.[1] ?? "0";
      return { count: Number(valueOf("badPwdCount")), isLocked: valueOf("lockoutTime") !== "0" };
    },
    stop: async () => {
      if (samba.exitCode === null) {
        samba.kill("SIGKILL");
        await once(samba, "exit");
      }
      // Other processes of its namespace end after the first one and may still write.
      await rm(directory, { recursive: true, force: true, maxRetries: 10 });
    },
  };
  try {
    await untilItAnswers(domain);
  } catch (error) {
    const log = await readFile(at("log"), "utf8").catch(() => "(none)");
    await domain.stop();
    throw new Error(`The domain controller did not start. Its log:\n${log.slice(-2000)}`, {
      cause: error,
    });
  }
  return domain;
}

async function provision(directory: string): Promise<void> {
  await run("samba-tool", [
    ...["domain", "provision", `--targetdir=${directory}`],
    ...["--realm=CONTOSO.TEST", "--domain=CONTOSO", `--adminpass=${ADMINISTRATOR_PASSWORD}`],
    ...["--server-role=dc", "--dns-backend=NONE", "--host-name=dc1", "--host-ip=127.0.0.1"],
  ]);
}

async function configure(directory: string): Promise<string> {
  const at = (name: string): string => join(directory, name);
  for (const name of ["run", "run/winbindd", "run/ncalrpc", "cache"]) {
    await mkdir(at(name), { recursive: true });
  }
  const path = at("dc.conf");
  await writeFile(
    path,
    `[global]
netbios name = DC1
realm = CONTOSO.TEST
workgroup = CONTOSO
server role = active directory domain controller
server services = s3fs, rpc, ldap, cldap, kdc, winbindd
interfaces = lo
bind interfaces only = yes
disable netbios = yes
private dir = ${at("private")}
state directory = ${at("state")}
lock directory = ${directory}
cache directory = ${at("cache")}
binddns dir = ${at("bind-dns")}
pid directory = ${at("run")}
ncalrpc dir = ${at("run/ncalrpc")}
winbindd socket directory = ${at("run/winbindd")}
logging = file
log file = ${at("log")}

[sysvol]
path = ${at("state/sysvol")}
read only = no

[netlogon]
path = ${at("state/sysvol/contoso.test/scripts")}
read only = no
`,
  );
  return path;
}

/** Writes a script that runs `ntlm_auth` in a mount namespace where the winbind pipe is that of this domain. */
async function writeHelper(directory: string, configuration: string): Promise<string> {
  await mkdir(PIPE_DIRECTORY, { recursive: true });
  const path = join(directory, "ntlm_auth");
  const script = `mount --bind "${directory}/run/winbindd" ${PIPE_DIRECTORY} && exec /usr/bin/ntlm_auth --configfile="${configuration}" "$@"`;
  await writeFile(path, `#!/bin/sh\nexec unshare --mount sh -c '${script}' sh "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

async function untilItAnswers({ helper }: Pick<SambaDomain, "helper">): Promise<void> {
  const attempt = [
    "--domain=CONTOSO",
    "--username=Administrator",
    `--password=${ADMINISTRATOR_PASSWORD}`,
  ];
  for (let round = 0; ; round++) {
    try {
      await run(helper, attempt);
      return;
    } catch (error) {
      if (round === 60) {
        throw error;
      }
      await delay(500);
    }
  }
}
