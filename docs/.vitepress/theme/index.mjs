import DefaultTheme from "vitepress/theme";

import Diagram from "./Diagram.vue";
import Playground from "./playground/Playground.vue";

/** @type {import("vitepress").Theme} */
export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("Diagram", Diagram);
    app.component("Playground", Playground);
  },
};
