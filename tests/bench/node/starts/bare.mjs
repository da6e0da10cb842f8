import { body, run } from "./program.mjs";

run(() => (body ? "125" : ""));
