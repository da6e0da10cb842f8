// The secret: of the environment, or asked for at the terminal. Never of an argument.

import { closeSync, openSync } from "node:fs";
import { env, platform, stderr, stdin } from "node:process";
import { ReadStream } from "node:tty";

import { wrongUse } from "./failure.js";

const PROMPT = "Secret (not shown): ";

/** The secret in a variable of the environment, or what is typed in. */
export async function readSecret(variable: string | undefined): Promise<string> {
  // What is not a name may be the secret itself, and so may be a name that is not set: neither is printed.
  if (variable !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) {
    throw wrongUse("--secret-env takes the name of an environment variable, not the secret");
  }
  const secret = env[variable ?? "PAYSEAL_SECRET"] ?? (await typed());
  if (secret !== undefined) return secret;
  if (variable !== undefined) {
    throw wrongUse("the secret is missing: the environment variable that --secret-env names is not set");
  }
  throw wrongUse(
    "the secret is missing: set the environment variable PAYSEAL_SECRET, or run this at a terminal, which asks for it",
  );
}

/** What a person types at the terminal, which does not show it. Nothing where no terminal is. */
async function typed(): Promise<string | undefined> {
  const terminal = openTerminal();
  if (terminal === undefined) return undefined;
  const { input, close } = terminal;
  input.setRawMode(true);
  stderr.write(PROMPT);
  try {
    return await lineOf(input);
  } finally {
    input.setRawMode(false);
    stderr.write("\n");
    close();
  }
}

/** The terminal of the process, even where standard input is a pipe. */
function openTerminal(): { input: ReadStream; close: () => void } | undefined {
  // Windows has no other way to its console that Node could read without echo.
  if (platform === "win32") return stdin.isTTY ? { input: stdin, close: () => void stdin.pause() } : undefined;
  let descriptor: number;
  try {
    descriptor = openSync("/dev/tty", "r+");
  } catch {
    return undefined;
  }
  try {
    const input = new ReadStream(descriptor);
    return { input, close: () => void input.destroy() };
  } catch {
    closeSync(descriptor);
    return undefined;
  }
}

/** One line, read letter by letter as a raw terminal sends it. */
function lineOf(input: ReadStream): Promise<string> {
  let line = "";
  input.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    const read = (text: string) => {
      for (const letter of text) {
        if (letter === "\r" || letter === "\n" || letter === "\u0004") return done(() => resolve(line));
        if (letter === "\u0003") return done(() => reject(new Interrupted()));
        line = letter === "\u007f" || letter === "\b" ? [...line].slice(0, -1).join("") : line + letter;
      }
    };
    const ended = () => done(() => resolve(line));
    const done = (settle: () => void) => {
      input.off("data", read).off("end", ended);
      input.pause();
      settle();
    };
    input.on("data", read).on("end", ended);
  });
}

/** Ctrl-C was pressed at the prompt. */
export class Interrupted extends Error {}
