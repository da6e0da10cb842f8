// The build of the site reads components and style sheets; the compiler has to be told that they exist.
declare module "*.vue" {
  import type { Component } from "vue";
  const component: Component;
  export default component;
}

declare module "*.css";
