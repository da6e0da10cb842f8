import DefaultTheme from "vitepress/theme";

import Diagram from "./Diagram.vue";
import "./tables.css";

/** @type {import("vitepress").Theme} */
export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("Diagram", Diagram);
  },
};
