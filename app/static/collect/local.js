/** What people type, read generously (app/questionnaire/local.py): lexical values of XForms. */
import { calendar, dayNumber, two } from "./moments.js";

export class Unclear extends Error {
  constructor(code, part = "") {
    super(code);
    Object.assign(this, { code, part });
  }
}

const OLD_MONTHS = { pebruari: 2, peb: 2, agt: 8, ags: 8, nopember: 11, nop: 11 };
const GROUPED = /^([+-]?\d{1,3}(?:\.\d{3})+|[+-]?\d{1,3}(?:,\d{3})+)$/;

/** Without what no person means to write: control characters, odd line ends. */
export const clean = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n")
  .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/gu, "").trim();

const tight = (text) => text.normalize("NFKC").replace(/\s+/g, "").replaceAll("−", "-")
  .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15);

function canonical(text, code, most) {
  const [, sign, whole, fraction = ""] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (!whole && !fraction) throw new Unclear(code);
  const [high, low] = [whole.replace(/^0+/, "") || "0", fraction.replace(/0+$/, "")];
  const value = low ? `${high}.${low}` : high;
  if (value.length > most) throw new Unclear(code);
  return sign === "-" && value !== "0" ? `-${value}` : value;
}

export function wholeNumber(text, code = "whole_number") {
  const plain = tight(text);
  const value = canonical(GROUPED.test(plain) ? plain.replace(/[.,]/g, "") : plain.replaceAll(",", "."), code, 18);
  if (value.includes(".")) throw new Unclear(code);
  return value;
}

/** `point`: the decimal point of the language, where both readings make sense. */
export function number(text, point, code = "number") {
  let plain = tight(text), group = point === "," ? "." : ",";
  if (plain.includes(point) && plain.lastIndexOf(group) > plain.lastIndexOf(point)) [point, group] = [group, point];
  const [whole] = plain.split(point);
  if (GROUPED.test(whole) && whole.includes(group)) plain = whole.replaceAll(group, "") + plain.slice(whole.length);
  return canonical(plain.replaceAll(",", "."), code, 30);
}

/** The ISO date of three boxes; a whole date in the first box is understood too. */
export function calendarDate(day, month, year, names) {
  if (day && !month && !year) [day, month, year] = split(day);
  const found = {
    day: small(day, 31), month: small(month, 12) || monthNumber(month, names),
    year: /^\d{4}$/.test(tight(year)) ? +tight(year) : 0,
  };
  const wrong = Object.keys(found).find((part) => !found[part]);
  if (wrong) throw new Unclear("date", wrong);
  const real = calendar(dayNumber(found.year, found.month, found.day));
  if (real.day !== found.day) throw new Unclear("date", "day");
  return `${String(found.year).padStart(4, "0")}-${two(found.month)}-${two(found.day)}`;
}

function split(text) {
  const parts = text.split(/[\s/.,-]+/).filter(Boolean);
  if (parts.length !== 3) throw new Unclear("date", ["day", "month", "year"][parts.length] ?? "day");
  return /^\d{4}$/.test(tight(parts[0])) ? parts.reverse() : parts;
}

function small(text, most) {
  const plain = tight(text);
  return /^\d{1,2}$/.test(plain) && +plain >= 1 && +plain <= most ? +plain : 0;
}

function monthNumber(text, names) {
  const typed = text.normalize("NFKC").trim().replace(/\.+$/, "").toLowerCase();
  if (OLD_MONTHS[typed]) return OLD_MONTHS[typed];
  for (const list of names) {
    const at = list.findIndex((name) => {
      const known = name.replace(/\.+$/, "").toLowerCase();
      return typed === known || (typed.length >= 3 && known.startsWith(typed));
    });
    if (at >= 0) return at % 12 + 1;
  }
  return 0;
}

export function clockTime(text, part = "") {
  const [all, hours, minutes = "0", half] = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm)?$/.exec(tight(text).toLowerCase()) ?? [];
  const hour = half ? (+hours % 12) + (half === "pm" ? 12 : 0) : +hours;
  if (!all || (half && !(hours >= 1 && hours <= 12)) || hour > 23 || minutes > 59) throw new Unclear(part ? "date" : "time", part);
  return `${two(hour)}:${two(+minutes)}:00`;
}

export function position(text) {
  const found = /^([+-]?\d{1,2}(?:[.,]\d+)?)\s*(?:[;,]\s*|\s)([+-]?\d{1,3}(?:[.,]\d+)?)$/
    .exec(text.normalize("NFKC").replaceAll("−", "-").trim());
  if (!found) throw new Unclear("position");
  const [latitude, longitude] = found.slice(1).map((part) => canonical(part.replace(",", "."), "position", 30));
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw new Unclear("position");
  return `${latitude} ${longitude} 0 0`;
}

export function phone(text) {
  const plain = tight(text).replace(/[().\-/‐‑–]/g, "")
    .replace(/^0(?!0)/, "+62").replace(/^00/, "+").replace(/^62/, "+62");
  if (!/^\+[1-9]\d{7,14}$/.test(plain)) throw new Unclear("phone");
  return plain;
}
