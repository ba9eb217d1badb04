#!/usr/bin/env node
// Implements the helper's side of squid-2.5-ntlmssp for tests. The user name alone decides the reply:
// `good…` is accepted, `crash…` ends the process, `slow…` gets no reply, `down…` reports no domain controller.
import { createInterface } from "node:readline";
import process from "node:process";

const CHALLENGE = (() => {
  const bytes = Buffer.alloc(56);
  bytes.write("NTLMSSP\0", "latin1");
  bytes.writeUInt32LE(2, 8);
  bytes.writeUInt32LE(48, 16);
  bytes.writeUInt32LE(0x00808205, 20);
  bytes.write("01234567", 24, "latin1");
  bytes.writeUInt32LE(48, 44);
  return bytes.toString("base64");
})();

let isChallenged = false;

function userOf(base64) {
  const bytes = Buffer.from(base64, "base64");
  const offset = bytes.readUInt32LE(40);
  return bytes.toString("utf16le", offset, offset + bytes.readUInt16LE(36));
}

function judge(user) {
  if (user.startsWith("good")) return `AF CONTOSO\\${user}`;
  if (user.startsWith("crash")) process.exit(1);
  if (user.startsWith("slow")) return null;
  if (user.startsWith("down")) return "NA NT_STATUS_NO_LOGON_SERVERS";
  if (user.startsWith("pid")) return `AF ${process.pid}`;
  return "NA NT_STATUS_WRONG_PASSWORD";
}

function answer(line) {
  if (line.startsWith("YR")) {
    isChallenged = true;
    return `TT ${CHALLENGE}`;
  }
  if (line.startsWith("KK ") && isChallenged) {
    isChallenged = false;
    return judge(userOf(line.slice(3)));
  }
  return "BH unexpected";
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const reply = answer(line);
  if (reply !== null) process.stdout.write(`${reply}\n`);
});
