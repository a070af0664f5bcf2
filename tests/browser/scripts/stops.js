// The places (numbers of elements) where Tab must stop, in the order of the page; a group of radio
// buttons is one stop.
const all = [...document.querySelectorAll("*")];
const groups = new Map();
const stops = [];
for (const element of all) {
  if (element.tabIndex < 0 || element.disabled || element.type === "hidden") continue;
  if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) continue;
  if (element.getClientRects().length === 0) continue;
  if (element.type === "radio") {
    const before = groups.get(element.name);
    if (before !== undefined && !element.checked) continue;
    if (before !== undefined) stops.splice(stops.indexOf(before), 1);
    groups.set(element.name, all.indexOf(element));
  }
  stops.push(all.indexOf(element));
}
return stops;
