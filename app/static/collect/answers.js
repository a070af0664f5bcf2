/** The answers of one interview as an instance and as plain data (app/questionnaire/answers.py). */
import { Node } from "./instance.js";
import { dayNumber, calendar } from "./moments.js";

/** Each child of a group with its nodes: one, or the rows of a repeat. */
export const matched = (group, node) => group.children.map((child) => [child, node.named(child.name)]);

export function build(element, defaults = true) {
  const node = new Node(element.name, element.children || !defaults ? "" : element.default ?? "");
  for (const child of element.children ?? []) {
    if (child.repeat) node.reserve(child.name);
    else node.append(build(child, defaults));
  }
  return node;
}

export const addRow = (repeat, parent, defaults = true) => parent.addRow(build(repeat, defaults));

/** Put raw data into the instance; unknown names are passed over. */
export function fill(group, node, data) {
  for (const [child, nodes] of matched(group, node)) {
    const value = data[child.name];
    if (value === undefined || value === null) continue;
    if (child.repeat) {
      value.forEach((row, n) => fill(child, nodes[n] ?? addRow(child, node, false), row));
    } else if (child.children) fill(child, nodes[0], value);
    else nodes[0].value = String(value);
  }
}

/** Every answer as text, relevant or not; empty ones are left out. */
export function raw(group, node) {
  const data = {};
  for (const [child, nodes] of matched(group, node)) {
    if (child.repeat) {
      if (nodes.length) data[child.name] = nodes.map((row) => raw(child, row));
    } else if (child.children) {
      const inner = raw(child, nodes[0]);
      if (Object.keys(inner).length) data[child.name] = inner;
    } else if (nodes[0]?.value) data[child.name] = nodes[0].value;
  }
  return data;
}

export function* leaves(group, node) {
  for (const [child, nodes] of matched(group, node)) {
    for (const inner of nodes) {
      if (child.children) yield* leaves(child, inner);
      else yield [child, inner];
    }
  }
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/;
const TIME = /^([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/;
const CHECKS = {
  integer: (text) => /^[+-]?\d{1,18}$/.test(text),
  decimal: (text) => NUMBER.test(text),
  range: (text) => NUMBER.test(text),
  date: isDate,
  time: (text) => TIME.test(text),
  dateTime: (text) => isDate(text.slice(0, 10)) && (text.length === 10 || (text[10] === "T" && TIME.test(text.slice(11)))),
  geopoint: (text) => /^-?\d+(\.\d+)?( -?\d+(\.\d+)?){1,3}$/.test(text),
};

/** Whether a text is a value of this kind. */
export const fits = (kind, text) => !CHECKS[kind] || text === "" || CHECKS[kind](text);

function isDate(text) {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
  if (!year) return false;
  const found = calendar(dayNumber(year, month, day));
  return found.month === month && found.day === day;
}
