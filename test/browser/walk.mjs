// Walks the pages of `kepu demo` in Chromium: phone and desktop, light and dark, usual and elder view,
// with and without JavaScript. Each page in each mode is one test.
//
//   KEPU=target/release/kepu node test/browser/walk.mjs
//   SCREENSHOTS=out node test/browser/walk.mjs       also writes a picture of every page and mode
//   ONLY=/plan/matrix node test/browser/walk.mjs     only addresses that start so
//   VERBOSE=1                                        names the tests that passed, too
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { MODES } from "./modes.mjs";
import { startServer } from "./server.mjs";
import { axeFaults, clean, sideways, smallTargets, textOf } from "./checks.mjs";

const PAGES = [
  "/", "/plan", "/plan/source", "/plan/matrix", "/plan/targets", "/plan/search?q=健康", "/plan/check",
  "/plans", "/plan/editions", "/plan/links", "/plan/closing", "/units", "/regions",
];
// Pages whose address depends on the data: found as the first link of this form on a page.
const FOUND = [
  { on: "/units", href: /^\/units\/[^/?#]+$/ },
  { on: "/plan", href: /^\/plan\/measures\/[^/?#]+$/ },
  { on: "/regions", href: /^\/regions\/[^/?#]+$/, optional: true },
];
const MISSING = "/no-such-page";
const PLAN = fileURLToPath(new URL("../../plans/tongzhou-restated.txt", import.meta.url));
const NO_PLAN = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("买菜\n打电话\n") };
const AT_ONCE = 3;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SCREENSHOTS;
const only = process.env.ONLY;
const started = Date.now();
let passed = 0;
let failed = 0;

function report(name, faults) {
  if (faults.length === 0) {
    passed += 1;
    if (process.env.VERBOSE) console.log(`ok      ${name}`);
    return;
  }
  failed += 1;
  console.log(`FAILED  ${name}`);
  for (const fault of faults) console.log(`        ${fault}`);
}

/** Has a file read on the page that tries documents; returns the answer to the form. */
function trial(file) {
  return async (page, base) => {
    await page.goto(`${base}/plan/check`);
    await page.setInputFiles("input[type=file]", file);
    const answer = page.waitForNavigation();
    await page.locator("main form button").last().click();
    return answer;
  };
}

/** Opens one page in one mode and returns what is wrong with it. */
async function visit(context, base, { path, open, status = [200], holds }, mode, links) {
  const faults = [];
  const page = await context.newPage();
  try {
    page.on("console", (message) => {
      // Chromium itself reports the status of a page that is missing or refuses as an error of the console.
      if (message.type() === "error" && status[0] === 200) faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "data:" && url.origin !== base) faults.push(`request to another host: ${request.url()}`);
    });
    const answer = open ? await open(page, base) : await page.goto(base + path, { waitUntil: "load", timeout: 20_000 });
    if (!status.includes(answer.status())) {
      faults.push(`status ${answer.status()} where ${status.join(" or ")} was expected`);
      return faults;
    }
    const text = await textOf(page);
    if (holds && (await page.locator(holds).count()) === 0) faults.push(`nothing on the page is ${holds}`);
    if (!text.title) faults.push("the page has no title");
    if (text.headings !== 1) faults.push(`${text.headings} headings of the first level, where one was expected`);
    if (text.length < 20) faults.push("the page is all but empty");
    for (const link of text.links) links.add(link);
    if (mode.axe) faults.push(...(await axeFaults(page, axe, mode.axe)));
    if (mode.width < 600) faults.push(...(await sideways(page)));
    if (mode.targets) faults.push(...(await smallTargets(page, mode.targets)));
    if (shots) {
      await page.screenshot({ path: join(shots, `${clean(path)}.${mode.name}.png`), fullPage: true });
    }
  } catch (error) {
    faults.push(String(error.message).split("\n")[0]);
  } finally {
    await page.close();
  }
  return faults;
}

/** A context that looks as the mode says; the elder view is chosen by its link, as a resident would. */
async function contextOf(browser, base, mode) {
  const context = await browser.newContext({
    viewport: { width: mode.width, height: mode.height },
    colorScheme: mode.scheme,
    javaScriptEnabled: mode.javascript,
    hasTouch: mode.width < 600,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
  });
  if (mode.elder) {
    const page = await context.newPage();
    await page.goto(`${base}/`);
    const link = page.getByRole("link", { name: /长辈/ }).first();
    if ((await link.count()) === 0) report(`${mode.name}: the elder view`, ["no link to 长辈版 on the first page"]);
    else await link.click();
    await page.close();
  }
  return context;
}

async function findPages(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const paths = [...PAGES];
  for (const { on, href, optional } of FOUND) {
    await page.goto(base + on);
    const found = (await textOf(page)).links.find((link) => href.test(link));
    if (found) paths.push(found);
    else if (!optional) report(`a page like ${href.source}`, [`no link to one on ${on}`]);
  }
  await context.close();
  const steps = [
    ...paths.map((path) => ({ path })),
    { path: MISSING, status: [404] },
    { path: "/plan/check: a plan", open: trial(PLAN), holds: "main table" },
    { path: "/plan/check: no plan", open: trial(NO_PLAN), status: [422, 400, 200], holds: "[role=alert]" },
  ];
  return steps.filter(({ path }) => !only || path.startsWith(only));
}

/** The way in for people at a keyboard: the first Tab shows a link over the navigation. */
async function skipLink(browser, base) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${base}/`);
  const box = () => page.evaluate(() => {
    const link = document.querySelector('a[href^="#"]');
    const rect = link?.getBoundingClientRect();
    return rect && { focused: document.activeElement === link, seen: rect.bottom > 1 && rect.right > 1 && rect.height > 1 };
  });
  const before = await box();
  await page.keyboard.press("Tab");
  const after = await box();
  const faults = [];
  if (!before) faults.push("the page has no skip link");
  else {
    if (before.seen) faults.push("the skip link is visible before anyone asked for it");
    if (!after.focused || !after.seen) faults.push("the first Tab does not show the skip link");
  }
  report("skip link", faults);
  await context.close();
}

async function followLinks(base, links) {
  const faults = [];
  const queue = [...links].filter((link) => link !== MISSING && !link.startsWith("/view"));
  const follow = async () => {
    for (let link = queue.pop(); link; link = queue.pop()) {
      const answer = await fetch(base + link, { redirect: "manual" });
      await answer.arrayBuffer();
      if (answer.status >= 400) faults.push(`${answer.status} ${link}`);
    }
  };
  const count = queue.length;
  await Promise.all(Array.from({ length: 4 }, follow));
  report(`${count} links of the pages answer`, faults.slice(0, 20));
}

async function main() {
  if (shots) mkdirSync(shots, { recursive: true });
  const server = await startServer(process.env.KEPU ?? "target/release/kepu");
  let browser;
  try {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
    });
    const steps = await findPages(browser, server.base);
    const links = new Set();
    for (const mode of MODES) {
      const context = await contextOf(browser, server.base, mode);
      const queue = [...steps];
      const walk = async () => {
        for (let step = queue.shift(); step; step = queue.shift()) {
          report(`${step.path} ${mode.name}`, await visit(context, server.base, step, mode, links));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, walk));
      await context.close();
    }
    if (!only) {
      await skipLink(browser, server.base);
      await followLinks(server.base, links);
    }
  } finally {
    await browser?.close();
    await server.stop();
  }
}

try {
  await main();
} catch (error) {
  failed += 1;
  console.log(`FAILED  ${error.stack}`);
}
console.log(`browser: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`);
process.exit(failed === 0 ? 0 : 1);
