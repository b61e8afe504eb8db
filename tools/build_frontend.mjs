// Copies what the screens use from node_modules into the static folder of the ui app.
// No bundler: the files are served as their makers built them, less the pointers to source maps,
// because the manifest storage of static files fails on a map that is not there. Of Tabler's 636 kB
// only what speaks of an element or of a class in tools/tabler.json is kept: a browser reads it on every page.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PurgeCSS } from "purgecss";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const vendor = join(root, "src/xiezuo/ui/static/vendor");
const stamp = join(vendor, "built-from");

const FILES = [
  ["echarts/dist/echarts.min.js", "echarts/echarts.min.js"],
  ["echarts/i18n/langZH.js", "echarts/langZH.js"],
  ["echarts/LICENSE", "echarts/LICENSE"],
  ["echarts/NOTICE", "echarts/NOTICE"],
  ["axe-core/axe.min.js", "axe/axe.min.js"],
];
const OPTIONAL = new Set(["axe-core/axe.min.js"]); // left out by `npm ci --omit=dev`

function readList(name) {
  return JSON.parse(readFileSync(join(root, "tools", name), "utf8"));
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const name of ["package-lock.json", "tools/icons.json", "tools/tabler.json", "tools/build_frontend.mjs"]) {
    hash.update(readFileSync(join(root, name)));
  }
  hash.update(existsSync(join(modules, "axe-core")) ? "with axe" : "without axe");
  return hash.digest("hex");
}

function fail(message) {
  console.error(`build_frontend: ${message}`);
  process.exit(1);
}

function read(path) {
  const full = join(modules, path);
  if (!existsSync(full)) fail(`found no ${path} in node_modules; run "npm ci --ignore-scripts" first`);
  return readFileSync(full);
}

function withoutMap(content) {
  return content.toString("utf8").replace(/^\s*(\/\/[#@]|\/\*[#@])\s*sourceMappingURL=.*$/gm, "");
}

function put(folder, path, content) {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

function copyFiles(folder) {
  for (const [from, to] of FILES) {
    if (OPTIONAL.has(from) && !existsSync(join(modules, from))) continue;
    const content = read(from);
    put(folder, to, /\.(css|js)$/.test(from) ? withoutMap(content) : content);
  }
}

async function copyTabler(folder) {
  const { classes, elements } = readList("tabler.json");
  const [kept] = await new PurgeCSS().purge({
    content: [{ raw: [...classes, ...elements].join(" "), extension: "html" }],
    css: [{ raw: withoutMap(read("@tabler/core/dist/css/tabler.min.css")) }],
    keyframes: true, fontFace: true, variables: true,
  });
  put(folder, "tabler/tabler.min.css", kept.css);
}

function copyIcons(folder) {
  for (const name of readList("icons.json")) {
    put(folder, `icons/${name}.svg`, read(`@tabler/icons/icons/outline/${name}.svg`));
  }
  put(folder, "icons/LICENSE", read("@tabler/icons/LICENSE"));
}

// The fonts of printed documents are unpacked into the same folder by a step of their own.
function keepFonts(folder) {
  const fonts = join(vendor, "fonts");
  if (existsSync(fonts)) renameSync(fonts, join(folder, "fonts"));
}

async function build() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    console.log("build_frontend: up to date");
    return;
  }
  // Built beside and then swapped in, so that a broken run leaves no half folder that looks whole.
  const fresh = `${vendor}.new`;
  rmSync(fresh, { recursive: true, force: true });
  copyFiles(fresh);
  await copyTabler(fresh);
  copyIcons(fresh);
  put(fresh, "built-from", wanted);
  keepFonts(fresh);
  rmSync(vendor, { recursive: true, force: true });
  renameSync(fresh, vendor);
  console.log("build_frontend: built src/xiezuo/ui/static/vendor");
}

await build();
