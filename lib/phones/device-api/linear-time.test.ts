import process from "node:process";
import { expect, test } from "vitest";
import { describePackage } from "#formats/cab/description/read-description";
import { looksLikeVersion, findVersionIn } from "#formats/cab/description/field-rules";
import { readPathLayout } from "#formats/cab/description/path-layout";
import { parseMemberName } from "#formats/cab/member-name";
import { prettyBody } from "#phones/captures/pretty-body";
import { redactHeaders, redactUrl } from "#phones/captures/redact";
import { toCaptureRecord } from "#phones/captures/to-record";
import { aRawCapture } from "#phones/captures/testing/captures";
import { parseFilePath } from "#phones/check/file-path";
import { withoutFormula } from "#foundation/core/csv";
import { escapeXml } from "#formats/xml/escape-xml";
import { canonicalAddress, canonicalHost } from "#foundation/core/host-name";
import { readMacAddress } from "#foundation/core/mac-address";
import { readXmlTree } from "#formats/xml/xml-tree";
import { readAuthorization } from "#access/credentials/authorization";
import { isDevicePath } from "#phones/device-api/is-device-path";
import { holdsLog } from "#phones/device-api/lync-handler";
import { parseUserName } from "#access/directory/user-name";
import { readSipAddress } from "#phones/home-pools/sip-address";
import { extensionOf } from "#phones/device-logs/decide-kind";
import { addXml, findContent, isBase64, toLogFacts } from "#phones/device-logs/log-facts";
import { readHelperReply } from "#access/ntlm/helper-reply";
import { readNtlmMessage } from "#access/ntlm/message";
import { parseByteRange } from "#foundation/platform/http/byte-range";
import { safeCallbackPath } from "#foundation/core/callback-path";
import { clientAddress } from "#foundation/platform/http/client-address";
import { dispositionFileName, multipartBoundary } from "#foundation/platform/http/multipart";
import { readRequestTarget } from "#foundation/platform/http/request-target";
import { readAuditLines } from "#formats/protocol/audit-line";
import { updateTypeOfFile } from "#formats/protocol/check-request";
import { lyncReader } from "#formats/protocol/lync-xml";
import { readProvisioning } from "#formats/protocol/provisioning-xml";
import { readJsonCheck } from "#formats/protocol/read-check";
import { readIdentifiers } from "#fleet/test-devices/read-identifiers";

type Reader = (text: string) => unknown;

const readLync = lyncReader();

function orNull(read: Reader): Reader {
  return (text) => {
    try {
      return read(text);
    } catch {
      return null;
    }
  };
}

/** Every parser of untrusted input, called directly: the limits on input size are elsewhere. */
const READERS: readonly (readonly [string, Reader])[] = [
  ["a captured body", (text) => toCaptureRecord(aRawCapture({ body: Buffer.from(text) }), 65_536)],
  ["a captured target", redactUrl],
  ["a captured header", (text) => redactHeaders([[text, text]])],
  ["a captured body, as it is shown", (text) => prettyBody(Buffer.from(text))],
  ["a check in XML", orNull(readLync)],
  ["a check in JSON", orNull(readJsonCheck)],
  ["a document that may hold a log", holdsLog],
  ["a log in XML", (text) => readLog(text)],
  ["a log in base64", isBase64],
  ["the name of a log", extensionOf],
  ["a description in a package", (text) => describePackage(packageWith(text))],
  ["a name in a package", (text) => parseMemberName(Buffer.from(text), 16)],
  ["a path in a package", (text) => readPathLayout({ path: text })],
  ["a version", (text) => [looksLikeVersion(text), findVersionIn(text)]],
  ["a request target", readRequestTarget],
  ["a path", (text) => isDevicePath(`/${text}`)],
  ["a path of a file", parseFilePath],
  ["a path to go on to", safeCallbackPath],
  ["a host", canonicalHost],
  ["an address", canonicalAddress],
  [
    "forwarded addresses",
    (text) => clientAddress({ peer: "10.0.0.1", forwardedFor: text }, () => true),
  ],
  ["a content disposition", dispositionFileName],
  ["a content type", (text) => multipartBoundary(`multipart/form-data${text}`)],
  ["a range", (text) => parseByteRange(text, 1_000)],
  ["credentials", (text) => readAuthorization(text, { userName: "token", prefix: "ucp_" })],
  ["a user name", (text) => parseUserName(text, [{ short: "CONTOSO", dns: "contoso.com" }])],
  ["a SIP address", readSipAddress],
  ["an NTLM message", readNtlmMessage],
  ["a reply of the NTLM helper", readHelperReply],
  ["a MAC address", readMacAddress],
  ["a list of identifiers", (text) => readIdentifiers(text, "MACAddress")],
  ["a file name", updateTypeOfFile],
  ["an audit line", readAuditLines],
  ["a provisioning document", readProvisioning],
  ["text for XML", escapeXml],
  ["text for a spreadsheet", withoutFormula],
];

function readLog(text: string): unknown {
  const reading = readXmlTree(text);
  if (reading.kind === "refused") {
    return null;
  }
  const fields = new Map<string, string>();
  addXml(fields, reading.root);
  return [findContent(reading.root), toLogFacts(fields)];
}

function packageWith(text: string) {
  const member = { sizeBytes: 1, sha256: "0".repeat(64) };
  return [
    { ...member, path: "updateInfo.xml", text },
    { ...member, path: "a/CPE.nbt" },
    { ...member, path: "a/CPE.xml", text },
  ];
}

/** Texts that are repeated between an opening and an ending that makes the match fail. */
const UNITS = [
  ...Array.from("<>&\"'\\/=:;.,-_%@{}[]?#! \t\n0a\u0000é"),
  "\r\n",
  "\r\n\r\n",
  "a.",
  "a-",
  "a ",
  " a",
  "1.",
  "00-",
  "00:",
  "%2e",
  "%2f",
  "../",
  "//",
  "\\\\",
  '\\"',
  "\\\n",
  "<a",
  "<a ",
  "<a>",
  "</a>",
  "<a/>",
  "<a b='c'>",
  "<a b='c'/>",
  '<a b="',
  " a='b'",
  'a="',
  "a='",
  " a =",
  "<a:",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?",
  "<?a ?>",
  "&amp;",
  "&a",
  "&#",
  '{"a":',
  '{"a":[',
  '"a":',
  '"a":"b",',
  '["',
  '"password":',
  '"password":{',
  "<password ",
  "<password>",
  "</password",
  ' name="password"',
  ' value="',
  'name="',
  'name="a"\r\n',
  "a=b&",
  "&password=",
  "?a=",
  ";a=",
  ';a="',
  ";filename*=utf-8''",
  "a://",
  "a://b@",
  "a+b://",
  "http://",
  "--",
  "\n--",
  "a,",
  "10.0.0.1,",
  "[::1]",
  "::",
  "sip:",
  "a@",
  "A1",
  "+/",
  "==",
  ";",
  "#",
  "<Update>",
  "<Update/>",
  "<Update a='b'/>",
  "<Module/>",
  "<Module><File/></Module>",
  "<File>a.nbt</File>",
  "<Model>a</Model>",
];
const FRAMES = [
  ["", ""],
  ["", "!"],
  ["<r>", "</r>"],
  ["<r ", "/>"],
  ['<r a="', '"/>'],
  ["<password>", "\\"],
  ['{"password":"', "\\\n"],
  ['"', "\\"],
  [';filename="', "\\"],
  ["<r><Model>a</Model>", "<Update><Model>b</Model></Update></r>"],
] as const;

type Text = (characters: number) => string;

const REPEATED: readonly Text[] = FRAMES.flatMap(([before, after]) =>
  UNITS.map((unit): Text => (characters) => {
    const room = Math.max(0, characters - before.length - after.length);
    return before + unit.repeat(Math.ceil(room / unit.length)).slice(0, room) + after;
  }),
);

const NESTED: readonly Text[] = (
  [
    ['{"a":', "1", "}"],
    ["[", "", "]"],
    ['{"device":[', "", "]}"],
    ["<a>", "b", "</a>"],
    ["<Module>", "<File>a.nbt</File>", "</Module>"],
    ["<Update><Model>a</Model>", "", "</Update>"],
  ] as const
).map(([open, inner, close]): Text => (characters) => {
  const depth = Math.floor(characters / (open.length + close.length));
  return open.repeat(depth) + inner + close.repeat(depth);
});

/** Repetitions in which every item has a different name. */
const NUMBERED: readonly Text[] = (
  [
    ["<r", (n) => ` a${n}="b"`, "/>"],
    ["<r>", (n) => `<a${n}/>`, "</r>"],
    ["<r>", (n) => `<a${n}>b</a${n}>`, "</r>"],
    ["<r>", (n) => `<Model>a${n}</Model><Update/>`, "</r>"],
    ["<r>", (n) => `<Update><File>a${n}.nbt</File></Update>`, "</r>"],
    ['{"a":1', (n) => `,"a${n}":"b"`, "}"],
    ['{"modules":[{}', (n) => `,{"fileName":"${n}"}`, "]}"],
    ["", (n) => `&a${n}=b`, ""],
    ["", (n) => `;a${n}="b"`, ""],
  ] satisfies readonly (readonly [string, (n: number) => string, string])[]
).map(([before, unit, after]): Text => (characters) => {
  const units: string[] = [];
  for (let length = before.length + after.length; length < characters;) {
    const next = unit(units.length);
    units.push(next);
    length += next.length;
  }
  return before + units.join("") + after;
});

const LARGE_CHARACTERS = 64 * 1024;

/** The large texts are written once for all readers. */
const TEXTS = [...REPEATED, ...NESTED, ...NUMBERED].map((text) => ({
  text,
  large: text(LARGE_CHARACTERS),
}));

const PARTS = 8;
/**
 * With linear work one text takes about as long as eight texts of an eighth of its size; with quadratic work, eight
 * times as long.
 */
const MAX_TIMES = 3;
/** Quadratic work on 64 KiB takes seconds. A reader below this time is not measured more closely. */
const NEGLIGIBLE_MS = 150;
const MAX_TRIES = 5;

/** CPU time of this thread, so that other programs on a busy machine do not count. */
function millisecondsOf(read: Reader, texts: readonly string[]): number {
  const started = process.threadCpuUsage();
  for (const text of texts) {
    read(text);
  }
  const { user, system } = process.threadCpuUsage(started);
  return (user + system) / 1_000;
}

/** Garbage collection can lengthen a measurement, but not every one, so the shortest of each size are compared. */
function isLinear(read: Reader, { text, large }: (typeof TEXTS)[number]): boolean {
  const largeMs = [millisecondsOf(read, [large])];
  const partsMs: number[] = [];
  const isShort = (): boolean => {
    const shortest = Math.min(...largeMs);
    return (
      shortest < NEGLIGIBLE_MS ||
      (partsMs.length > 0 && shortest / Math.min(...partsMs) < MAX_TIMES)
    );
  };
  while (!isShort() && partsMs.length < MAX_TRIES) {
    const parts = Array.from({ length: PARTS }, () => text(LARGE_CHARACTERS / PARTS));
    partsMs.push(millisecondsOf(read, parts));
    largeMs.push(millisecondsOf(read, [large]));
  }
  return isShort();
}

test.each(READERS)(
  "reads %s in linear time, for every content",
  (_what, read) => {
    const worse = TEXTS.filter((text) => !isLinear(read, text));
    expect(worse.map(({ text }) => text(100))).toEqual([]);
  },
  120_000,
);

test("detects quadratic work by the measurement", () => {
  const quadratic: Reader = (text) => /(?:a\.)+!/.test(text);
  const text: Text = (characters) => "a.".repeat(characters / 2);
  expect(isLinear(quadratic, { text, large: text(LARGE_CHARACTERS) })).toBe(false);
});
