/** The boxes of one question: reading them and filling them in (app/questionnaire/fields.py). */
import { calendarDate, clean, clockTime, number, phone, position, Unclear, wholeNumber } from "./local.js";
import { words } from "./values.js";

const LONGEST = 10000;

/** The controls of a question: those named after its field, with a part behind a hyphen or none. */
export const controls = (block, field) =>
  [...block.querySelectorAll("input, select, textarea")].filter(({ name }) => name === field || name.startsWith(`${field}-`));

const isChoice = ({ type }) => type === "radio" || type === "checkbox";
export const partOf = (control, field) => control.name.slice(field.length + 1);

/** What stands in the boxes: part → text, or for choices the list of those chosen. */
function typed(block, field) {
  const found = {};
  for (const control of controls(block, field)) {
    const part = partOf(control, field);
    if (isChoice(control)) (found[part] ??= []).push(...(control.checked ? [control.value] : []));
    else found[part] = clean(control.value);
  }
  return found;
}

/** The lexical value of what stands in the boxes, "" for no answer. Throws Unclear. */
export function read({ question, field }, block, { names, point, range }) {
  const texts = typed(block, field), text = [texts[""] ?? ""].flat().join(" ");
  const any = Object.values(texts).some((each) => each.length);
  if (!any) return "";
  switch (question.kind) {
    case "integer": return wholeNumber(text);
    case "decimal": return number(text, point);
    case "range": return inRange(number(text, point, "range"), range);
    case "time": return clockTime(text);
    case "geopoint": return position(text);
    case "date": return dateOf(texts, names);
    case "dateTime": return `${dateOf(texts, names)}T${clockTime(texts.time, "time")}`;
    case "rank": return ranked(texts);
    case "select_one": case "select_multiple": case "acknowledge": return text;
    default: return written(block, field, text);
  }
}

function written(block, field, text) {
  const [{ tagName, type }] = controls(block, field);
  if (type === "tel") return phone(text);
  const value = tagName === "TEXTAREA" ? text : words(text).join(" ");
  if (value.length > LONGEST && [...value].length > LONGEST) throw new Unclear("too_long");
  return value;
}

const dateOf = ({ day = "1", month = "1", year }, names) => calendarDate(day, month, year, names);

function inRange(value, [low, high, step]) {
  const by = Math.abs(step) || 1, steps = (value - low) / by;
  const inside = value >= Math.min(low, high) && value <= Math.max(low, high);
  if (!inside || Math.abs(steps - Math.round(steps)) > 1e-9) throw new Unclear("range");
  return value;
}

function ranked(texts) {
  const parts = Object.keys(texts), places = [];
  for (const part of parts) {
    let place = 0;
    try {
      place = +wholeNumber(texts[part]);
    } catch { /* no number at all is no place either */ }
    if (place < 1 || place > parts.length || places[place]) throw new Unclear("rank", part);
    places[place] = part;
  }
  return places.filter(Boolean).join(" ");
}

/** Fill the boxes in for a lexical value. */
export function show({ question, field }, block, value, { point }) {
  const [date, time = ""] = value.split("T"), [year = "", month = "", day = ""] = date.split("-");
  const parts = { day: day.replace(/^0/, ""), month: month.replace(/^0/, ""), year, time: time.slice(0, 5) };
  const places = words(value);
  for (const control of controls(block, field)) {
    const part = partOf(control, field);
    if (isChoice(control)) control.checked = control.type === "checkbox" ? places.includes(control.value) : value === control.value;
    else if (question.kind === "rank") control.value = places.includes(part) ? places.indexOf(part) + 1 : "";
    else if (part) control.value = parts[part];
    else control.value = boxed(question.kind, value, point);
  }
}

function boxed(kind, value, point) {
  if (kind === "decimal" || kind === "range") return value.replace(".", point);
  if (kind === "time") return value.slice(0, 5);
  return kind === "geopoint" ? words(value).slice(0, 2).join(", ") : value;
}

/** An answer as a person says it; `label` gives the words of a choice. */
export function inWords({ question }, value, { tag, sentences, point }, label) {
  if (value === "") return sentences.not_answered;
  if (question.list !== undefined) return (question.kind === "select_one" ? [value] : words(value)).map(label).join(", ");
  if (question.kind === "acknowledge") return sentences.yes;
  if (question.kind === "decimal" || question.kind === "range") return value.replace(".", point);
  if (question.kind === "time") return value.slice(0, 5);
  if (!question.kind.startsWith("date")) return value;
  const moment = new Date(`${value.slice(0, 10)}T${value.slice(11, 16) || "00:00"}`);
  const style = { dateStyle: "long", ...(question.kind === "dateTime" ? { timeStyle: "short" } : {}) };
  return new Intl.DateTimeFormat(tag, style).format(moment);
}
