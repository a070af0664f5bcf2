// Where the focus is and whether a person can see it: null at the end of the page.
const element = document.activeElement;
if (!element || element === document.body) return null;
const style = getComputedStyle(element);
const box = element.getBoundingClientRect();

const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
const luminance = (colour) => {
  const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
const behind = (start) => {
  for (let each = start; each; each = each.parentElement) {
    const colour = getComputedStyle(each).backgroundColor;
    if ((channels(colour)[3] ?? 1) > 0) return colour;
  }
  return "rgb(255, 255, 255)";
};
const outline = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);

const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
const parts = [0.1, 0.5, 0.9].map((part) => [left + part * (right - left), top + part * (bottom - top)]);
const seen = parts.some(([x, y]) => {
  const hit = document.elementFromPoint(x, y);
  return hit && (element.contains(hit) || hit.contains(element) || hit.closest("label")?.control === element);
});
const all = [...document.querySelectorAll("*")];
return {
  html: element.outerHTML.replace(/\s+/g, " ").slice(0, 110),
  place: all.indexOf(element),
  outline,
  contrast: contrast(style.outlineColor, behind(element.parentElement)),
  visible: right > left && bottom > top && seen,
  height: box.height,
};
