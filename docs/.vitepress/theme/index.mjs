import DefaultTheme from "vitepress/theme";

import Diagram from "./Diagram.vue";
import Speed from "./Speed.vue";

/** @type {import("vitepress").Theme} */
export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("Diagram", Diagram);
    app.component("Speed", Speed);
  },
};
