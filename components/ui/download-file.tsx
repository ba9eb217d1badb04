"use client";

/** Downloads an answer of the server as a file. The page stays, also if the server refuses. */
export function downloadFile(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}
