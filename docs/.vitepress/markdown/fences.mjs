// Blocks of code that are shown otherwise than they are written.

/** Leaves out the lines of Rust that only its tests need, as rustdoc does. @param {import("vitepress").MarkdownRenderer} markdown */
export function hideRustLines(markdown) {
  markdown.core.ruler.push("hide-rust-lines", ({ tokens }) => {
    for (const token of tokens) {
      if (token.type === "fence" && /^rust\b/.test(token.info)) {
        // "rust,ignore" and the like tell rustdoc what to do.
        token.info = token.info.replace(/^rust,\w+/, "rust");
        token.content = token.content.replace(/^# .*\n/gm, "");
      }
    }
  });
}

/** Draws the blocks of mermaid in the reader's browser. @param {import("vitepress").MarkdownRenderer} markdown */
export function drawDiagrams(markdown) {
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token?.info !== "mermaid") return fence?.(tokens, index, ...rest) ?? "";
    return `<Diagram source="${encodeURIComponent(token.content)}"></Diagram>`;
  };
}
