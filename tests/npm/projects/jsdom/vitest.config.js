// The pool is named on the command line: `forks` has the globals of Node and jsdom in one realm, `vmForks` has a realm
// for each test file.
export default { test: { environment: "jsdom", include: ["vitest.test.js"] } };
