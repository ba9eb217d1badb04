/** Whether the address is IPv6. `isIPv6` of `node:net` is not available in the browser. */
export function isIPv6Text(address: string): boolean {
  return address.includes(":");
}

/** The four bytes of an IPv4 address; null for anything else. */
export function ipv4Bytes(address: string): readonly number[] | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) === true ? parts : null;
}
