import DefaultTheme from "vitepress/theme";

import "./tables.css";

import Diagram from "./Diagram.vue";
import { followLanguage } from "./languages.mjs";
import Speed from "./Speed.vue";
import "./tables.css";
import Playground from "./playground/Playground.vue";

/** @type {import("vitepress").Theme} */
export default {
  extends: DefaultTheme,
  setup: followLanguage,
  enhanceApp({ app }) {
    app.component("Diagram", Diagram);
    app.component("Speed", Speed);
    app.component("Playground", Playground);
  },
};
