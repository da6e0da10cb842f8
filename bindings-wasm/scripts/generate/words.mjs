// Names and comments.

/** `create_invoice` as `createInvoice`. */
export function camelCase(name) {
  return name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
}

/** `create_invoice` as `CreateInvoice`. */
export function pascalCase(name) {
  return capitalised(camelCase(name));
}

export function capitalised(name) {
  return name[0].toUpperCase() + name.slice(1);
}

export function uncapitalised(name) {
  return name[0].toLowerCase() + name.slice(1);
}

/** A documentation comment, wrapped at 110 columns. */
export function comment(text, indent = "") {
  const lines = [""];
  for (const word of text.replaceAll("*/", "* /").split(" ")) {
    const line = lines.at(-1);
    if (line !== "" && indent.length + line.length + word.length > 106) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}
