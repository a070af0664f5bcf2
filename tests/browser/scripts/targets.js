// Targets that are smaller than so many CSS pixels, each way. What counts is where a press lands:
// the label belongs to its choice, and what is drawn over a card to its link.
const [smallest] = arguments;
const told = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
const problems = [];

const inSentence = (link) => {
  if (getComputedStyle(link).display !== "inline") return false;
  const around = [...link.parentElement.childNodes].filter((node) => node.nodeType === 3);
  return around.some((node) => /\p{L}/u.test(node.data));
};
const owns = (element, hit) => hit && (element.contains(hit) || hit.closest("label")?.control === element);
const reach = (element, x, y, dx, dy) => {
  let far = 0;
  while (far < smallest && owns(element, document.elementFromPoint(x + dx * far, y + dy * far))) far++;
  return far;
};

for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
  if (element.type === "hidden" || element.tabIndex < 0 || inSentence(element)) continue;
  if (element.matches(".skip")) continue;  // seen only with the focus; measured there
  element.scrollIntoView({ block: "center" });
  const boxes = [...element.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height);
  const box = boxes[0] ?? element.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const width = reach(element, x, y, 1, 0) + reach(element, x, y, -1, 0);
  const height = reach(element, x, y, 0, 1) + reach(element, x, y, 0, -1);
  if (Math.min(width, height) < smallest) problems.push(`${width} x ${height}: ${told(element)}`);
}
return problems;
