import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { freePort } from "#foundation/platform/testing/loopback";
import type { TestAuthority } from "#foundation/platform/testing/test-authority";
import { createTestAuthority } from "#foundation/platform/testing/test-authority";

const run = promisify(execFile);

export const BASE_DN = "dc=contoso,dc=com";
export const SERVICE_DN = `cn=service,${BASE_DN}`;
export const SERVICE_PASSWORD = "service-secret";

/** A real OpenLDAP server on loopback ports. Its users have the attributes of Active Directory. */
export type Slapd = {
  readonly ldapUrl: string;
  readonly ldapsUrl: string;
  readonly authority: TestAuthority;
  /** The number of binds with this DN. */
  readonly countBinds: (dn: string) => Promise<number>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Stops the server and deletes its data. */
  readonly remove: () => Promise<void>;
};

/** Defines the attribute names of Active Directory. OpenLDAP's own copy of that schema cannot be searched. */
const SCHEMA = String.raw`
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl'
  EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.6.18.1.9 NAME 'msRTCSIP-PrimaryUserAddress'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP top AUXILIARY
  MAY ( userAccountControl $ sAMAccountName $ userPrincipalName $ msRTCSIP-PrimaryUserAddress ) )
objectclass ( 1.2.840.113556.1.3.30 NAME 'computer' SUP top AUXILIARY )
`;

type TestUser = {
  readonly user: string;
  readonly password: string;
  readonly control: number;
  /** Null: the entry has no SIP address. */
  readonly sip: string | null;
};

const USERS: readonly TestUser[] = [
  { user: "adamb", password: "Adams password", control: 512, sip: "adam.barr@fabrikam.com" },
  { user: "anna", password: "Annas password", control: 512, sip: "anna@fabrikam.com" },
  { user: "gone", password: "Gones password", control: 514, sip: "gone@fabrikam.com" },
  { user: "star*)(x", password: "Stars password", control: 512, sip: "star@fabrikam.com" },
  { user: "bert", password: "Berts password", control: 512, sip: null },
];

export function dnOf(user: string): string {
  return `uid=${user},ou=people,${BASE_DN}`;
}

export async function startSlapd(): Promise<Slapd> {
  await requireProgram("/usr/sbin/slapd", ["slapd", "ldap-utils"]);
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-slapd-"));
  const authority = await createTestAuthority(directory);
  const configuration = await configure(directory, authority);
  const [port, securePort] = [await freePort(), await freePort()];
  const ldapUrl = `ldap://127.0.0.1:${port}`;
  const ldapsUrl = `ldaps://localhost:${securePort}`;
  let process: ChildProcess | null = null;
  let seen = "";
  let marks = 0;

  async function start(): Promise<void> {
    const listening = `${ldapUrl}/ ldaps://127.0.0.1:${securePort}/`;
    process = spawn("/usr/sbin/slapd", ["-h", listening, "-f", configuration, "-d", "256"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    process.stderr?.on("data", (chunk: Buffer) => {
      seen += chunk.toString("utf8");
    });
    await waitForPort(port, () => seen);
  }

  /** The server's log arrives late: waits until a bind of our own appears in it. */
  async function seeMark(): Promise<void> {
    marks += 1;
    const mark = `cn=mark${marks}`;
    await run("ldapwhoami", ["-x", "-H", ldapUrl, "-D", mark, "-w", "x"]).catch(() => undefined);
    while (!seen.includes(bindOf(mark))) {
      await delay(5);
    }
  }

  async function stop(): Promise<void> {
    if (process?.exitCode === null) {
      process.kill("SIGTERM");
      await once(process, "exit");
    }
  }

  await start();
  return {
    ldapUrl,
    ldapsUrl,
    authority,
    countBinds: async (dn) => {
      await seeMark();
      return countMatches(seen, bindOf(dn));
    },
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function bindOf(dn: string): string {
  return `BIND dn="${dn}" method=128`;
}

function countMatches(text: string, part: string): number {
  return text.split(part).length - 1;
}

async function configure(directory: string, authority: TestAuthority): Promise<string> {
  const at = (name: string): string => join(directory, name);
  await mkdir(at("db"));
  await chmod(directory, 0o755);
  await writeFile(at("ad.schema"), SCHEMA);
  await writeFile(
    at("slapd.conf"),
    `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include ${at("ad.schema")}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${at("slapd.pid")}
TLSCertificateFile ${authority.certificateFile}
TLSCertificateKeyFile ${authority.keyFile}
TLSCACertificateFile ${authority.caFile}
database mdb
suffix "${BASE_DN}"
directory ${at("db")}
maxsize 16777216
access to attrs=userPassword by anonymous auth
access to * by users read
`,
  );
  await writeFile(at("users.ldif"), ldif());
  await run("/usr/sbin/slapadd", ["-f", at("slapd.conf"), "-l", at("users.ldif")]);
  return at("slapd.conf");
}

function ldif(): string {
  const top = `dn: ${BASE_DN}
objectClass: domain
dc: contoso

dn: ${SERVICE_DN}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: service
userPassword: ${SERVICE_PASSWORD}

dn: ou=people,${BASE_DN}
objectClass: organizationalUnit
ou: people
`;
  return [top, ...USERS.map(userEntry)].join("\n");
}

function userEntry({ user, password, control, sip }: TestUser): string {
  return `dn: ${dnOf(user)}
objectClass: inetOrgPerson
objectClass: user
uid: ${user}
cn: ${user}
sn: ${user}
userPassword: ${password}
userAccountControl: ${control}
sAMAccountName: ${user}
userPrincipalName: ${user}@contoso.com
${sip === null ? "" : `msRTCSIP-PrimaryUserAddress: sip:${sip}\n`}`;
}

async function waitForPort(port: number, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await answers(port)) {
      return;
    }
    await delay(50);
  }
  throw new Error(`OpenLDAP did not start:\n${output()}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
