// Components are compiled by the site's build, and are no modules to the compiler.
declare module "*.vue" {
  import type { Component } from "vue";
  const component: Component;
  export default component;
}

declare module "*.css";
