const MAX_ADDRESS_CHARACTERS = 320;
const SIP_ADDRESS = /^[^\s@<>"\p{Cc}]{1,64}@[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?$/u;

/**
 * Parses `adamb@contoso.com`, with or without `sip:`, in any case. Returns null for any other text. Parameters of a SIP
 * URI, such as `;user=phone`, do not identify a user and are removed.
 */
export function readSipAddress(text: string): string | null {
  const [address = ""] = text
    .trim()
    .normalize("NFC")
    .toLowerCase()
    .replace(/^sips?:/, "")
    .split(/[;?]/, 1);
  return address.length <= MAX_ADDRESS_CHARACTERS && SIP_ADDRESS.test(address) ? address : null;
}

export function domainOf(sipAddress: string): string {
  return sipAddress.slice(sipAddress.lastIndexOf("@") + 1);
}
