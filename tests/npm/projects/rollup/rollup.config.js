import resolve from "@rollup/plugin-node-resolve";

export default {
  input: "main.js",
  output: { file: "dist/main.js", format: "es" },
  plugins: [resolve({ browser: true })],
  onwarn(warning) {
    throw new Error(warning.message);
  },
};
