import { fileURLToPath } from "node:url";
import webpack from "webpack";

const folder = fileURLToPath(new URL(".", import.meta.url));

const options = {
  mode: "production",
  context: folder,
  entry: "./main.js",
  output: { path: `${folder}dist` },
  performance: false, // The vectors are large.
};

webpack(options, (error, stats) => {
  const problem = error ?? (stats?.hasErrors() || stats?.hasWarnings() ? stats.toString() : undefined);
  if (problem) {
    console.error(problem);
    process.exitCode = 1;
  }
});
