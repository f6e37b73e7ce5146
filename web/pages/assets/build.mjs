// Bundles the pages' script and style sheet into ../dist, which the binary embeds.
import { build } from "esbuild";
import { readFileSync, rmSync, readdirSync, writeFileSync } from "node:fs";

const out = "../dist";
for (const name of readdirSync(out)) if (name !== ".gitkeep") rmSync(`${out}/${name}`);
await build({
  entryPoints: ["app.js", "boot.js", "yardstick.css"],
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome94", "firefox93", "safari15"],
  legalComments: "none",
  logLevel: "warning",
});
// Licences of what is bundled travel with it.
writeFileSync(`${out}/licenses.txt`, "htmx.org " + JSON.parse(readFileSync("node_modules/htmx.org/package.json")).version +
  "\n\n" + readFileSync("node_modules/htmx.org/LICENSE", "utf8"));
