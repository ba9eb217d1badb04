const LONGEST_ADDRESS = 320;
const SIP_ADDRESS = /^[^\s@<>"\p{Cc}]{1,64}@[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?$/u;

/**
 * Reads `adamb@contoso.com`, with `sip:` in front or not, in any case; null where it is no such address. What may
 * follow in a SIP URI, as `;user=phone`, does not tell users apart.
 */
export function readSipAddress(text: string): string | null {
  const [address = ""] = text
    .trim()
    .normalize("NFC")
    .toLowerCase()
    .replace(/^sips?:/, "")
    .split(/[;?]/, 1);
  return address.length <= LONGEST_ADDRESS && SIP_ADDRESS.test(address) ? address : null;
}

export function domainOf(sipAddress: string): string {
  return sipAddress.slice(sipAddress.lastIndexOf("@") + 1);
}
