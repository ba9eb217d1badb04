import { useFormatter } from "next-intl";

type ShareTextProps = { readonly phones: number; readonly target: number };

/** A share in percent. It is 100 % only if no phone is missing, and 0 % only if there is none. */
export function ShareText({ phones, target }: ShareTextProps) {
  const format = useFormatter();
  return format.number(toShownShare(phones, target), {
    style: "percent",
    maximumFractionDigits: 1,
  });
}

const MIN_SHOWN_SHARE = 0.001;

function toShownShare(phones: number, target: number): number {
  if (target === 0 || phones === 0) {
    return 0;
  }
  return phones >= target
    ? phones / target
    : Math.min(1 - MIN_SHOWN_SHARE, Math.max(MIN_SHOWN_SHARE, phones / target));
}
