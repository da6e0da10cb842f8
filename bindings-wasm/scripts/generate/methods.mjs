// The methods of the clients: a class for each gateway, which the one written by hand extends.

import { parameterSets } from "./parameters.mjs";
import { camelCase, comment } from "./words.mjs";

export function methodsFiles(description) {
  const sets = parameterSets(description);
  const files = {};
  for (const [gateway, { methods, ...rest }] of Object.entries(description.gateways)) {
    files[`${gateway}.ts`] = methodsFile(gateway, methods, sets, rest);
  }
  return files;
}

function methodsFile(gateway, methods, sets) {
  const members = methods.map((method, position) => {
    const set = sets.find((set) => set.gateway === gateway && set.method === method);
    return { method, position, set, name: camelCase(method.name) };
  });
  const answers = [...new Set(methods.map(({ answer }) => answer))].sort();
  const parameters = members.flatMap(({ set }) => (set ? [set.name] : [])).sort();
  return (
    'import type { Call } from "../call.js";\n' +
    'import { Client } from "../client.js";\n' +
    `import type { ${answers.join(", ")} } from "./answers.js";\n` +
    `import { ${answers.map((answer) => `read${answer}`).join(", ")} } from "./answers.js";\n` +
    `import type { ${parameters.join(", ")} } from "./parameters.js";\n` +
    `import { ${parameters.map((name) => `write${name}`).join(", ")} } from "./parameters.js";\n\n` +
    members.map(({ method, position }) => `export const ${method.name.toUpperCase()} = ${position};\n`).join("") +
    `\n/** The methods of ${gateway}. */\nexport abstract class ${gateway}Methods extends Client {\n` +
    members.map(member).join("\n") +
    "}\n"
  );
}

function member({ method, position, set, name }) {
  const { answer, documentation } = method;
  if (!set) {
    return (
      comment(documentation, "  ") +
      `  ${name}(): Call<${answer}> {\n` +
      `    return this.call(${method.name.toUpperCase()}, undefined, () => "", read${answer}, this.${name});\n  }\n`
    );
  }
  const isOptional = method.parameters.every(({ required }) => !required);
  return (
    comment(documentation, "  ") +
    `  ${name}(parameters${isOptional ? "?" : ""}: ${set.name}): Call<${answer}> {\n` +
    `    return this.call(${method.name.toUpperCase()}, parameters, write${set.name}, read${answer}, this.${name});\n  }\n`
  );
}
