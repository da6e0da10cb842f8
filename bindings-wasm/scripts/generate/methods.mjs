// The methods of the clients: a class for each gateway, which the one written by hand extends.

import { parameterSets } from "./parameters.mjs";
import { camelCase, comment, uncapitalised } from "./words.mjs";

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
  const none = members.every(({ set }) => set) ? [] : ["none"];
  const className = `${gateway}Methods`;
  const parameters = members.flatMap(({ set }) => (set ? [set.name] : [])).sort();
  return (
    'import type { Call } from "../call.js";\n' +
    'import { Client } from "../client.js";\n' +
    'import { thrownBy } from "../errors.js";\n' +
    `import type { ${answers.join(", ")} } from "./answers.js";\n` +
    `import { ${answers.map((answer) => `read${answer}`).join(", ")} } from "./answers.js";\n` +
    `import type { ${parameters.join(", ")} } from "./parameters.js";\n` +
    `import { ${[...parameters.map(uncapitalised), ...none].join(", ")} } from "./parameters.js";\n\n` +
    members.map(({ method, position }) => `export const ${method.name.toUpperCase()} = ${position};\n`).join("") +
    `\n/** The methods of ${gateway}. */\nexport abstract class ${className} extends Client {\n` +
    members.map(methodOf).join("\n") +
    "}\n\n" +
    "// The class must not name itself: what builds the package would give it another name.\n" +
    `function own(): ${className} {\n  return ${className}.prototype;\n}\n`
  );
}

function methodOf({ method, position, set, name }) {
  const { answer, documentation } = method;
  const isOptional = method.parameters.every(({ required }) => !required);
  const parameters = set ? `parameters${isOptional ? "?" : ""}: ${set.name}` : "";
  const given = set ? `parameters, ${uncapitalised(set.name)}` : "undefined, none";
  return (
    comment(documentation, "  ") +
    `  ${name}(${parameters}): Call<${answer}> {\n` +
    `    try {\n` +
    `      return this.call(${method.name.toUpperCase()}, ${given}, read${answer});\n` +
    `    } catch (error) {\n` +
    `      throw thrownBy(own().${name}, error);\n` +
    `    }\n  }\n`
  );
}
