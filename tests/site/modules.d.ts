// Components and style sheets are read by the build of the site, and are no modules to the compiler.
declare module "*.vue" {
  import type { Component } from "vue";
  const component: Component;
  export default component;
}

declare module "*.css";
