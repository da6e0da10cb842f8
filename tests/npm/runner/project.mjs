// One consumer project: a copy of its folder in the workshop, and the ways in which it may run the suite.

import { run, serve } from "./processes.mjs";
import { copyProject } from "./workshop.mjs";

const MARK = "RESULTS ";

/** @typedef {import("../suite/suite.mjs").Results} Results */

export class Project {
  /**
   * @param {string} name
   * @param {string} folder
   * @param {import("./browser.mjs").Browser} browser
   * @param {string} files where the files of the workshop are served
   */
  constructor(name, folder, browser, files) {
    this.name = name;
    this.folder = copyProject(folder, name);
    this.browser = browser;
    this.files = files;
  }

  /** Builds something. @param {string[]} command */
  async build(...command) {
    await run(this.folder, ...command);
  }

  /**
   * Runs a program that prints its results.
   *
   * @param {string[]} command
   * @returns {Promise<Results>}
   */
  async program(...command) {
    const output = await run(this.folder, ...command);
    const line = output.split("\n").find((text) => text.startsWith(MARK));
    if (line === undefined) throw new Error(`${command.join(" ")} printed no results:\n${output}`);
    return JSON.parse(line.slice(MARK.length));
  }

  /**
   * Opens a file of the project in the browser.
   *
   * @param {string} path
   * @returns {Promise<Results>}
   */
  page(path) {
    return this.browser.results(`${this.files}/projects/${this.name}/${path}`);
  }

  /**
   * Starts a server that is asked for its results, by the browser or directly.
   *
   * @template T
   * @param {(port: number) => string[]} command
   * @param {(url: string) => Promise<T>} ask
   * @returns {Promise<T>}
   */
  async server(command, ask) {
    const server = await serve(this.folder, command);
    try {
      return await ask(server.url);
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n${server.printed()}`);
    } finally {
      await server.stop();
    }
  }
}

/**
 * What a server answers as results.
 *
 * @param {string} url
 * @returns {Promise<Results>}
 */
export async function fetchResults(url) {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
