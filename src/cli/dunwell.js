#!/usr/bin/env node
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `dunwell needs Node 22.18 or newer and this is ${process.versions.node}; \`npx dunwell\` brings its own on Linux`,
  );
  process.exitCode = 1;
} else {
  // Compiled code is kept between runs: most of a short command's time would go into loading it.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2));
}
