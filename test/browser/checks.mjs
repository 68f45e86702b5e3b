// What is looked at on a page that is open. Each check returns its faults as sentences.

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** A file name for an address. */
export function clean(path) {
  return path.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "home";
}

/** Title, first-level headings, length of the text, and the links into this site. */
export function textOf(page) {
  return page.evaluate(() => ({
    title: document.title.trim(),
    headings: document.querySelectorAll("h1").length,
    length: document.body.innerText.trim().length,
    links: [...document.querySelectorAll("a[href]")]
      .filter((link) => link.origin === location.origin)
      .map((link) => link.pathname + link.search),
  }));
}

/** axe-core: "all" for every rule of WCAG 2.2 A and AA, or a list of rules. */
export async function axeFaults(page, source, rules) {
  const options = rules === "all"
    ? { runOnly: { type: "tag", values: TAGS }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] }
    : { runOnly: { type: "rule", values: rules }, resultTypes: ["violations"] };
  await page.evaluate(source);
  const found = await page.evaluate(async (options) => {
    const result = await window.axe.run(document, options);
    return result.violations.map(({ id, help, nodes }) => ({
      id, help, count: nodes.length,
      where: nodes.slice(0, 3).map((node) => node.target.join(" ")),
      why: (nodes[0].any[0] ?? nodes[0].all[0] ?? nodes[0].none[0])?.message ?? "",
    }));
  }, options);
  return found.map(({ id, help, count, where, why }) =>
    `axe ${id}: ${help} (${count}): ${where.join(" | ")}${why ? ` – ${why}` : ""}`);
}

/** The body never scrolls sideways on a phone; tables scroll in a box of their own. */
export async function sideways(page) {
  const { over, widest } = await page.evaluate(() => {
    const root = document.scrollingElement;
    const over = root.scrollWidth - root.clientWidth;
    const inOwnBox = (element) => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== "visible") return true;
      }
      return false;
    };
    const widest = over <= 0 ? "" : [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !inOwnBox(element))
      .slice(0, 3)
      .map((element) => element.tagName.toLowerCase() + (element.className ? `.${String(element.className).split(" ")[0]}` : ""))
      .join(", ");
    return { over, widest };
  });
  return over > 0 ? [`the page scrolls sideways by ${over} px: ${widest}`] : [];
}

/**
 * What can be pressed is at least `least` px high and wide. A link inside a sentence is as high as its line
 * (WCAG 2.5.8 allows it), and a box of a form counts with its label.
 */
export async function smallTargets(page, least) {
  const small = await page.evaluate((least) => {
    const seen = (element) => {
      const rect = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return rect.width > 1 && rect.height > 1 && rect.bottom > 0 && rect.right > 0
        && style.visibility === "visible" && style.opacity !== "0" && !element.closest("[inert], [hidden]");
    };
    const inSentence = (element) => {
      if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
      const around = element.closest("p, li, dd, dt, td, th, figcaption, blockquote, label, div");
      const rest = (around?.textContent ?? "").trim().length - element.textContent.trim().length;
      return rest > 1;
    };
    const boxOf = (element) => {
      const rects = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());
      return {
        width: Math.max(...rects.map((rect) => rect.width)),
        height: Math.max(...rects.map((rect) => rect.height)),
      };
    };
    const pressed = "a[href], button, select, textarea, summary, input:not([type=hidden]), [role=button], [role=tab], [tabindex='0'][onclick]";
    return [...document.querySelectorAll(pressed)]
      .filter((element) => seen(element) && !inSentence(element))
      .map((element) => ({ element, ...boxOf(element) }))
      .filter(({ width, height }) => Math.round(width) < least || Math.round(height) < least)
      .map(({ element, width, height }) => {
        const name = (element.textContent.trim() || element.getAttribute("aria-label") || element.name || "").slice(0, 20);
        return `${element.tagName.toLowerCase()}${element.className ? `.${String(element.className).split(" ")[0]}` : ""} “${name}” ${Math.round(width)}×${Math.round(height)}`;
      });
  }, least);
  if (small.length === 0) return [];
  return [`${small.length} targets under ${least} px: ${small.slice(0, 4).join("; ")}`];
}
