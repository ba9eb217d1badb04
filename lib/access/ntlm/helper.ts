import "server-only";
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { log } from "#foundation/platform/log";

export type HelperCommand = {
  readonly program: string;
  readonly options: readonly string[];
  readonly answerWithinMs: number;
};

const MAX_LINE_LENGTH = 65_536;

type Asking = {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
};

/** One helper process. It answers each line with one line, and takes one request at a time. */
export class Helper {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answerWithinMs: number;
  readonly #onEnd: () => void;
  #received = "";
  #asking: Asking | null = null;
  #isDead = false;
  #hasAnswered = false;

  constructor({ program, options, answerWithinMs }: HelperCommand, onEnd: () => void) {
    this.#answerWithinMs = answerWithinMs;
    this.#onEnd = onEnd;
    this.#process = spawn(program, options, { stdio: ["pipe", "pipe", "pipe"] });
    this.#process.on("error", (error) => {
      this.#end(error);
    });
    this.#process.on("exit", () => {
      this.#end(new Error("The NTLM helper exited."));
    });
    // The exit event above reports the end of the process; write errors after it are ignored.
    this.#process.stdin.on("error", () => undefined);
    this.#process.stdout.setEncoding("latin1");
    this.#process.stdout.on("data", (chunk: string) => {
      this.#read(chunk);
    });
    this.#process.stderr.on("data", (chunk: Buffer) => {
      log().debug({ helper: chunk.toString("utf8").trim().slice(0, 500) }, "NTLM helper");
    });
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Whether it has ever answered. One that has not is not replaced at once. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  async ask(line: string): Promise<string> {
    if (this.#isDead || this.#asking !== null) {
      throw new Error("The NTLM helper has exited or is busy.");
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        this.#asking = { resolve, reject };
        // A late answer would be read as the answer to the next request, so a helper that is late is killed.
        timer = setTimeout(() => {
          this.#end(new Error("The NTLM helper did not answer in time."));
        }, this.#answerWithinMs);
        this.#process.stdin.write(`${line}\n`);
      });
    } finally {
      clearTimeout(timer);
      this.#asking = null;
    }
  }

  stop(): void {
    this.#end(new Error("The NTLM helper was stopped."));
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf("\n");
    if (end === -1) {
      if (this.#received.length > MAX_LINE_LENGTH) {
        this.#end(new Error("The NTLM helper sent too much data without a line break."));
      }
      return;
    }
    const line = this.#received.slice(0, end);
    this.#received = this.#received.slice(end + 1);
    if (this.#asking === null || this.#received !== "") {
      this.#end(new Error("The NTLM helper sent an unexpected line."));
      return;
    }
    this.#hasAnswered = true;
    this.#asking.resolve(line);
  }

  #end(error: Error): void {
    if (this.#isDead) {
      return;
    }
    this.#isDead = true;
    this.#asking?.reject(error);
    this.#process.kill("SIGKILL");
    this.#onEnd();
  }
}
