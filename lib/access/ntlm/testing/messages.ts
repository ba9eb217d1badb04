/** A client's first message ([MS-NLMP] 2.2.1.1), without names. */
export function negotiateMessage(): string {
  const bytes = Buffer.alloc(32);
  bytes.write("NTLMSSP\0", "latin1");
  bytes.writeUInt32LE(1, 8);
  bytes.writeUInt32LE(0x0008_8207, 12);
  return bytes.toString("base64");
}

/** A client's second message (2.2.1.3), without a response to the challenge. */
export function authenticateMessage({
  user,
  domain,
}: {
  readonly user: string;
  readonly domain: string;
}): string {
  const head = Buffer.alloc(64);
  const names = [Buffer.from(domain, "utf16le"), Buffer.from(user, "utf16le")] as const;
  head.write("NTLMSSP\0", "latin1");
  head.writeUInt32LE(3, 8);
  let offset = head.length;
  for (const [index, name] of names.entries()) {
    head.writeUInt16LE(name.length, 28 + index * 8);
    head.writeUInt16LE(name.length, 30 + index * 8);
    head.writeUInt32LE(offset, 32 + index * 8);
    offset += name.length;
  }
  head.writeUInt32LE(0x0000_0001, 60);
  return Buffer.concat([head, ...names]).toString("base64");
}
