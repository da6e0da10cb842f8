// Runs commands in the workshop, and starts servers there.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { environment } from "./workshop.mjs";

const TIME_LIMIT = 240_000;
const TAIL = 4000;

/**
 * Runs a command to its end.
 *
 * @param {string} folder
 * @param {string[]} command
 * @returns {Promise<string>} what it printed
 */
export async function run(folder, ...command) {
  const child = launch(folder, command, {});
  const timer = setTimeout(child.stop, TIME_LIMIT);
  const status = await child.ended;
  clearTimeout(timer);
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}:\n${child.printed()}`);
  return child.printed();
}

/** @typedef {{ url: string, printed: () => string, stop: () => Promise<void> }} Server */

/**
 * Starts a server and waits until it answers.
 *
 * @param {string} folder
 * @param {(port: number) => string[]} command
 * @param {Record<string, string>} [variables]
 * @returns {Promise<Server>}
 */
export async function serve(folder, command, variables = {}) {
  const port = await freePort();
  const child = launch(folder, command(port), { PORT: String(port), ...variables });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.stop();
    await child.ended;
  };
  try {
    await answers(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, printed: child.printed, stop };
}

/** @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/**
 * @typedef {object} Child
 * @property {Promise<number | string>} ended its exit status, or what ended it
 * @property {() => boolean} isOver
 * @property {() => string} printed what it has printed so far
 * @property {() => void} stop
 */

/**
 * @param {string} folder
 * @param {string[]} command
 * @param {Record<string, string>} variables
 * @returns {Child}
 */
function launch(folder, [program = "", ...parameters], variables) {
  // A group of its own, so that whatever it starts ends with it.
  const child = spawn(program, parameters, {
    cwd: folder,
    env: { ...environment, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  let over = false;
  const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const stop = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // Nothing is left of it.
    }
  };
  const ended = new Promise((resolve) => {
    child.on("error", (error) => ((output += error.message), resolve("an error")));
    child.on("close", (status, signal) => resolve(status ?? signal ?? "no status"));
  }).finally(() => {
    over = true;
    process.off("exit", stop);
  });
  process.on("exit", stop);
  return { ended, stop, isOver: () => over, printed: () => output };
}

/**
 * @param {string} url
 * @param {Child} child
 */
async function answers(url, child) {
  const deadline = Date.now() + TIME_LIMIT;
  while (Date.now() < deadline && !child.isOver()) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(TIME_LIMIT) });
      return;
    } catch {
      await pause(50);
    }
  }
  throw new Error(`no answer from ${url}:\n${child.printed().slice(-TAIL)}`);
}
