// The theme's search keeps in the browser's storage how its results are shown, even if nobody has chosen anything. This
// site stores nothing, as the playground says.

const KEPT = /useLocalStorage\(\s*'vitepress:local-search-detailed-list',/;

/** Keeps it in the page instead. @type {import("vite").Plugin} */
export const searchStoresNothing = {
  name: "search-stores-nothing",
  enforce: "pre",
  transform(code, id) {
    if (!/\/VPLocalSearchBox\.vue$/.test(id)) return undefined;
    if (!KEPT.test(code)) throw new Error("VitePress keeps the view of the search in another way: look where");
    return code.replace(KEPT, "ref(");
  },
};
