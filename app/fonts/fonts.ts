// Parts of the two variable fonts of Geist (README.md beside them): the package has every weight in three formats and takes 8 MB.
import localFont from "next/font/local";

export const geistSans = localFont({
  src: "./geist-sans.woff2",
  variable: "--font-geist-sans",
  weight: "400 700",
});

export const geistMono = localFont({
  src: "./geist-mono.woff2",
  variable: "--font-geist-mono",
  adjustFontFallback: false,
  fallback: ["ui-monospace", "SFMono-Regular", "Menlo", "DejaVu Sans Mono", "monospace"],
  weight: "400 700",
});
