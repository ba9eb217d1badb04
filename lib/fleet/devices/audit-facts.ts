import type { AuditAction, AuditFact } from "#foundation/audit/model";
import { formatMacAddress } from "#foundation/core/mac-address";

/** The marks of a phone, as its row has them. */
export type NamedPhone = {
  readonly id: string;
  readonly model: string;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
};

/** More phones than this share one entry: each of them has the event in its own history. */
const MAX_SEPARATE_ENTRIES = 50;

/** `CX600 00-04-F2-00-01-76`, as the panel names a phone. */
export function phoneName({ model, macAddress, serialNumber }: Omit<NamedPhone, "id">): string {
  const mark = macAddress === null ? (serialNumber ?? "") : formatMacAddress(macAddress);
  return `${model} ${mark}`.trim();
}

type PhoneFactOptions = {
  readonly reason: string;
  /** What led to the action, such as the search whose phones were retired. */
  readonly facts?: AuditFact["facts"];
};

/** The audit facts of one action on phones: one for each phone, or one for all of them. */
export function phoneFacts(
  action: Extract<AuditAction, `device.${string}`>,
  phones: readonly NamedPhone[],
  { reason, facts = {} }: PhoneFactOptions,
): readonly AuditFact[] {
  if (phones.length <= MAX_SEPARATE_ENTRIES) {
    return phones.map((phone) => ({
      action,
      subject: { kind: "device", id: phone.id, name: phoneName(phone) },
      facts,
      reason,
    }));
  }
  const names = phones.slice(0, MAX_SEPARATE_ENTRIES).map(phoneName);
  return [
    {
      action,
      subject: { kind: "device", id: "", name: "" },
      facts: { ...facts, phones: phones.length, phoneNames: [...names, "…"] },
      reason,
    },
  ];
}
