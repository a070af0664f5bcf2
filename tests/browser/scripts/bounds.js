// Controls whose edge cannot be seen in forced colours, where backgrounds are gone.
const told = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
const drawn = (element) => {
  const style = getComputedStyle(element);
  const line = style.textDecorationLine.includes("underline");
  const border = parseFloat(style.borderBottomWidth) >= 1 && style.borderBottomStyle !== "none";
  return line || border;
};
const problems = [];
if (!matchMedia("(forced-colors: active)").matches) problems.push("colours are not forced");
for (const element of document.querySelectorAll("main :is(a[href], button, input, select, textarea)")) {
  if (["hidden", "radio", "checkbox", "file"].includes(element.type) || element.tabIndex < 0) continue;
  if (!drawn(element)) problems.push(told(element));
}
return problems;
