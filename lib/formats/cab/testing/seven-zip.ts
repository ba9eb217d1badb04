import SevenZip from "7z-wasm";
import { sha256Of } from "#formats/cab/testing/read-all";

/**
 * Unpacks a cabinet with 7-Zip and returns the digest of every entry by path: a reference that
 * shares no code with ours. Its version is pinned, because 7-Zip 26.02 unpacks some LZX streams to wrong bytes
 * without an error.
 */
export async function digestsBySevenZip(cabinet: Uint8Array): Promise<Map<string, string>> {
  const output: string[] = [];
  const sevenZip = await SevenZip({
    print: (line) => output.push(line),
    printErr: (line) => output.push(line),
  });
  sevenZip.FS.writeFile("in.cab", cabinet);
  sevenZip.callMain(["x", "-y", "-oout", "in.cab"]);
  if (!output.some((line) => line.includes("Everything is Ok"))) {
    throw new Error(`7-Zip refused the cabinet: ${output.join(" ")}`);
  }
  const digests = new Map<string, string>();
  collect("out", "");
  return digests;

  function collect(directory: string, prefix: string): void {
    for (const name of sevenZip.FS.readdir(directory)) {
      if (name === "." || name === "..") {
        continue;
      }
      const path = `${directory}/${name}`;
      if (sevenZip.FS.isDir(sevenZip.FS.stat(path, false).mode)) {
        collect(path, `${prefix}${name}/`);
      } else {
        digests.set(
          `${prefix}${name}`,
          sha256Of(sevenZip.FS.readFile(path, { encoding: "binary" })),
        );
      }
    }
  }
}
