// Whether text can be read: the contrast that WCAG 2 asks for at level AA.

/**
 * The visible texts of a page, or of a part of it, whose contrast is too low.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} [part] its selector
 * @returns {Promise<string[]>}
 */
export const contrastFailures = (page, part = "body") =>
  page.evaluate((part) => {
    /** @param {string} text @returns {number[]} red, green, blue and opacity */
    const channels = (text) => [...text.matchAll(/[\d.]+/g)].map(Number);
    const opacity = (/** @type {number[]} */ color) => color[3] ?? 1;
    const luminance = (/** @type {number[]} */ color) => {
      const [red = 0, green = 0, blue = 0] = color.map((channel) => {
        const part = channel / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const background = (/** @type {Element | null} */ node) => {
      for (; node; node = node.parentElement) {
        const color = channels(getComputedStyle(node).backgroundColor);
        if (opacity(color) === 1) return color;
      }
      return [255, 255, 255];
    };
    const failures = new Set();
    const walker = document.createTreeWalker(document.querySelector(part) ?? document, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode.parentElement;
      if (!node || !walker.currentNode.textContent?.trim() || !node.checkVisibility({ visibilityProperty: true }))
        continue;
      const style = getComputedStyle(node);
      const [low = 0, high = 0] = [luminance(channels(style.color)), luminance(background(node))].sort((a, b) => a - b);
      const ratio = (high + 0.05) / (low + 0.05);
      if (ratio < 4.5)
        failures.add(`${ratio.toFixed(2)} ${node.tagName}.${node.className}: ${node.textContent?.slice(0, 30)}`);
    }
    return [...failures];
  }, part);
