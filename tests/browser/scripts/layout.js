// What does not fit: the page wider than the window, text cut off or spilling out of its box.
const told = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
const root = document.documentElement;
const slack = 2;
const problems = new Set();

const scrolls = (element) => {
  const { overflowX, overflowY } = getComputedStyle(element);
  return [overflowX, overflowY].some((value) => value === "auto" || value === "scroll");
};
const around = (element, fits) => {
  for (let each = element; each && each !== root; each = each.parentElement) if (fits(each)) return each;
  return null;
};
const unseen = (element) => {
  const { width, height } = element.getBoundingClientRect();
  return width <= 1 || height <= 1;  // for screen readers alone
};

if (root.scrollWidth > root.clientWidth) {
  const culprits = [...document.body.querySelectorAll("*")].filter(
    (each) => each.getBoundingClientRect().right > root.clientWidth + 1 && !around(each, scrolls),
  );
  problems.add(`${root.scrollWidth} px wide: ${culprits.slice(-2).map(told).join(" | ")}`);
}

const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
for (let text = texts.nextNode(); text; text = texts.nextNode()) {
  const owner = text.parentElement;
  if (!text.data.trim() || owner.closest("select, textarea, script") || around(owner, unseen)) continue;
  const box = around(owner, (each) => getComputedStyle(each).display !== "inline");
  if (!box || around(owner, scrolls)) continue;
  range.selectNodeContents(text);
  const [inner, outer] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.right > outer.right + slack || inner.bottom > outer.bottom + slack)
    problems.add(`text outside of its box: ${told(box)}`);
  const clip = around(owner, (each) => getComputedStyle(each).overflowX !== "visible" && each !== document.body);
  if (clip && inner.right > clip.getBoundingClientRect().right + slack) problems.add(`cut: ${told(clip)}`);
}

for (const box of document.querySelectorAll("input, select")) {
  if (box.clientHeight > 1 && parseFloat(getComputedStyle(box).fontSize) > box.clientHeight && !/radio|checkbox/.test(box.type))
    problems.add(`lower than its text: ${told(box)}`);
}
return [...problems];
