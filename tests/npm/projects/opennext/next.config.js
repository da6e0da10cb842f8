// Left to the bundler of the Worker, which finds the entry for Workers.
export default { serverExternalPackages: ["payseal"] };
