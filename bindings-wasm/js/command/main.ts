// The command `payseal`: helps where a callback does not verify, and makes callbacks to test an endpoint with.

import { argv, stderr, stdout } from "node:process";

import { InvalidInputError, MalformedError, PaysealError, SignatureError, version } from "../index.js";
import { readArguments } from "./arguments.js";
import type { Arguments } from "./arguments.js";
import { endpointOf, post } from "./endpoint.js";
import { exitCodes, Failure, wrongUse } from "./failure.js";
import { readBody, writeFile } from "./files.js";
import { bitloga, fieldsOf, makerOf, sourceOf, verifierOf } from "./messages.js";
import { commandHelp, commands, programHelp } from "./options.js";
import { Interrupted, readSecret } from "./secret.js";
import { didYouMean, onLines, onOneLine } from "./text.js";

const PROGRAM = "npx payseal";

/** What a command prints, and how it ends. */
interface Result {
  readonly exitCode: number;
  /** On standard output, for a person. */
  readonly text: string;
  /** On standard error, for a person. */
  readonly aside?: string;
  /** With `--json` instead of both. */
  readonly json: object;
}

const actions: Readonly<Record<string, (given: Arguments) => Promise<Result>>> = {
  diagnose,
  verify,
  "sign-callback": signCallback,
  trigger,
};

async function diagnose(given: Arguments): Promise<Result> {
  const source = sourceOf(given);
  const secret = await readSecret(given.value("secret-env"));
  const client = bitloga(secret, given.value("api-key"));
  const { cause, message } = client.diagnose(await readBody(given.value("body")), source, { secret });
  const verifies = cause === "valid";
  const exitCode = verifies ? exitCodes.done : exitCodes.refused;
  return { exitCode, text: `${cause}: ${message}\n`, json: { verifies, cause, message } };
}

async function verify(given: Arguments): Promise<Result> {
  const verifier = verifierOf(given);
  const secret = await readSecret(given.value("secret-env"));
  const body = await readBody(given.value("body"));
  try {
    const fields = fieldsOf(verifier(secret, body));
    return { exitCode: exitCodes.done, text: lines(fields), json: { verifies: true, fields } };
  } catch (error) {
    if (!(error instanceof SignatureError) && !(error instanceof MalformedError)) throw error;
    const { code, message } = error;
    const aside = `${code}: ${message}\n`;
    return { exitCode: exitCodes.refused, text: "", aside, json: { verifies: false, code, message } };
  }
}

async function signCallback(given: Arguments): Promise<Result> {
  const { body, headers } = makerOf(given)(await readSecret(given.value("secret-env")));
  const out = given.value("out");
  if (out !== undefined) writeFile("--out", out, body);
  // Headers hide their values from JSON.
  const json = { body, headers: { ...headers } };
  if (out !== undefined) return { exitCode: exitCodes.done, text: lines(headers), json };
  return { exitCode: exitCodes.done, text: body, aside: lines(headers), json };
}

async function trigger(given: Arguments): Promise<Result> {
  const url = endpointOf(given.positional[0]!);
  const message = makerOf(given)(await readSecret(given.value("secret-env")));
  const { status, body } = await post(url, message.body, message.headers);
  const exitCode = status >= 200 && status < 300 ? exitCodes.done : exitCodes.refused;
  const shown = onLines(body);
  const text = `status ${status}\n${shown}${shown === "" || shown.endsWith("\n") ? "" : "\n"}`;
  return { exitCode, text, json: { status, body } };
}

function lines(fields: object): string {
  const texts = Object.entries(fields).map(([name, value]) => {
    return `${onOneLine(name)}: ${onOneLine(typeof value === "string" ? value : JSON.stringify(value))}\n`;
  });
  return texts.join("");
}

async function main(given: readonly string[]): Promise<number> {
  const [name, ...rest] = given;
  if (name === undefined) return end(exitCodes.wrongUse, "", programHelp(PROGRAM));
  if (name === "--help" || name === "-h") return end(exitCodes.done, programHelp(PROGRAM));
  if (name === "--version") return end(exitCodes.done, `payseal ${version}\n`);
  const command = commands.find((one) => one.name === name);
  try {
    if (command === undefined) throw unknownCommand(name);
    const read = readArguments(command, rest);
    if (read.has("help")) return end(exitCodes.done, commandHelp(PROGRAM, command));
    const { exitCode, text, aside, json } = await actions[command.name]!(read);
    return rest.includes("--json") ? end(exitCode, `${JSON.stringify(json)}\n`) : end(exitCode, text, aside);
  } catch (error) {
    const failure = failureOf(error);
    const { code, message, exitCode } = failure;
    if (rest.includes("--json")) return end(exitCode, `${JSON.stringify({ error: code, message })}\n`);
    const help = command === undefined ? "--help tells the commands" : `${command.name} --help tells the options`;
    const hint = code === "wrong_use" ? `${PROGRAM} ${help}\n` : "";
    return end(exitCode, "", `payseal: ${message}\n${hint}`);
  }
}

function unknownCommand(given: string): Failure {
  return wrongUse(`there is no such command${didYouMean(given, commands.map(({ name }) => name))}`);
}

/** What the library refuses is told as it does; of anything else only the kind, for it may hold what was given. */
function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof InvalidInputError) return wrongUse(error.message.replace(/^apiKey:/, "--api-key:"));
  if (error instanceof PaysealError) return new Failure("unreachable", error.message);
  if (error instanceof Interrupted) throw error;
  return new Failure("unreachable", `unexpected ${error instanceof Error ? error.name : "error"}; please report it`);
}

function end(exitCode: number, output: string, aside = ""): number {
  if (aside !== "") stderr.write(aside);
  if (output !== "") stdout.write(output);
  return exitCode;
}

// Whoever reads the output may stop early, as `head` does.
stdout.on("error", () => process.exit(exitCodes.unreachable));
try {
  process.exitCode = await main(argv.slice(2));
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  process.exitCode = 130;
}
