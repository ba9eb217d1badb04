import "server-only";
import { spawn } from "node:child_process";

export type Program = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
};

export type ProgramResult = { readonly isSuccess: boolean; readonly output: string };

/** Runs a program to its end, without a shell. A program that cannot be started counts as failed. */
export async function runProgram({ command, args, ...options }: Program): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", (error) => {
      resolve({ isSuccess: false, output: error.message });
    });
    child.once("close", (code) => {
      resolve({ isSuccess: code === 0, output: Buffer.concat(chunks).toString("utf8").trim() });
    });
  });
}
