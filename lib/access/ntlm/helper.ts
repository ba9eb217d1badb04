import "server-only";
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { log } from "#foundation/platform/log";

export type HelperCommand = {
  readonly program: string;
  readonly options: readonly string[];
  readonly answerWithinMs: number;
};

const LONGEST_LINE = 65_536;

type Asking = {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
};

/** One helper process. It answers one line with one line, and whoever asks it owns it until the answer. */
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
      this.#end(new Error("The NTLM helper ended."));
    });
    // Its end is reported by the event above; writing to it is then a matter of luck.
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

  /** Whether it ever worked: one that did not is not worth replacing at once. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  async ask(line: string): Promise<string> {
    if (this.#isDead || this.#asking !== null) {
      throw new Error("The NTLM helper cannot be asked.");
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        this.#asking = { resolve, reject };
        // Late answers would be taken for the next one's, so a helper that is late is not asked again.
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
      if (this.#received.length > LONGEST_LINE) {
        this.#end(new Error("The NTLM helper sent no line."));
      }
      return;
    }
    const line = this.#received.slice(0, end);
    this.#received = this.#received.slice(end + 1);
    if (this.#asking === null || this.#received !== "") {
      this.#end(new Error("The NTLM helper spoke without being asked."));
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
