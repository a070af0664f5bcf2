/** Every function of app/questionnaire/expressions/functions.py: kinds of its arguments, what it does. */
import { ParkMiller } from "./chance.js";
import * as dates from "./dates.js";
import { md5, sha1, sha2 } from "./hashes.js";
import { absoluteRef, documentOf, spend } from "./paths.js";
import { matches } from "./patterns.js";
import {
  allNumbers, answers, decimal, ExpressionError, greatest, joined, least, pieces, toNumber, whole, words,
} from "./values.js";

const text = (f) => (scope, ...values) => f(...values);
const math = (f) => ["n", text(f)];
const letters = (value) => [...value];

function substr(value, start, end = Infinity) {
  const all = letters(value);
  const place = (n) => Math.max(0, whole(n) < 0 ? whole(n) + all.length : whole(n));
  return all.slice(place(start), place(end)).join("");
}

function after(value, part) {
  const at = value.indexOf(part);
  return at < 0 ? "" : value.slice(at + part.length);
}

function translate(value, old, fresh) {
  const [from, to] = [letters(old), letters(fresh)];
  return letters(value).map((c) => (from.includes(c) ? to[from.indexOf(c)] ?? "" : c)).join("");
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function uuid({ environment: { random } }, length) {
  if (length !== undefined) {
    if (whole(length) > 100000) throw new ExpressionError("text-too-long");
    return Array.from({ length: Math.max(0, whole(length)) }, () => ALPHABET[Math.floor(random.random() * 36)]).join("");
  }
  const drawn = Array.from({ length: 4 }, () => random.word()).reverse();
  const hex = drawn.map((word) => word.toString(16).padStart(8, "0")).join("");
  const variant = ((parseInt(hex[16], 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const ALGORITHMS = {
  MD5: md5, SHA1: sha1, SHA256: (b) => sha2(256, b), SHA384: (b) => sha2(384, b), SHA512: (b) => sha2(512, b),
};

function digest(value, algorithm, encoding = "base64") {
  const hash = ALGORITHMS[algorithm.toUpperCase().replaceAll("-", "")];
  if (!hash) throw new ExpressionError("unknown-algorithm");
  const bytes = [...hash(new TextEncoder().encode(value))];
  if (encoding.toLowerCase() === "hex") return bytes.map((b) => b.toString(16).padStart(2, "0")).join("");
  if (encoding.toLowerCase() === "base64") return btoa(String.fromCharCode(...bytes));
  throw new ExpressionError("unknown-encoding");
}

function base64Decode(value) {
  const [clean] = value.replace(/[^A-Za-z0-9+/=]/g, "").split("=");
  try {
    if (/[^\x00-\x7f]/.test(value) || clean.length + (value.match(/=/g) ?? []).length < Math.ceil(clean.length / 4) * 4) return "";
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(atob(clean), (c) => c.charCodeAt(0)));
  } catch {
    return "";
  }
}

function document(scope, name) {
  const root = scope.environment.instances[name];
  if (!root) throw new ExpressionError("unknown-instance");
  return root;
}

function pulldata(scope, name, wanted, column, key) {
  const root = document(scope, name);
  spend(scope, root.children.length);
  const item = root.children.find((each) => answers(each.named(column)).includes(key));
  return item?.named(wanted)[0]?.value ?? "";
}

function position(scope, nodes) {
  if (nodes === undefined && scope.position) return scope.position;
  return nodes?.length === 0 ? 0 : (nodes?.[0] ?? scope.node).position;
}

/** The inside-out shuffle; the same seed gives the same order as in ODK Collect and Enketo. */
function randomize(scope, nodes, seed) {
  const numbers = seed === undefined ? scope.environment.random : new ParkMiller(seed);
  const shuffled = [];
  nodes.forEach((node, place) => {
    const other = Math.floor(numbers.random() * (place + 1));
    shuffled.push(node);
    [shuffled[place], shuffled[other]] = [shuffled[other], node];
  });
  return shuffled;
}

/** Rounds a half up, on the decimal that is written for the number. */
function round(number, decimals = 0) {
  const places = whole(decimals);
  if (!Number.isFinite(number)) return number;
  if (Math.abs(places) > 30) return NaN;
  const { digits, scale } = decimal(number);
  if (scale <= places) return number;
  const unit = 10n ** BigInt(scale - places), all = BigInt(digits), rest = (all % unit) * 2n;
  const up = number < 0 ? rest > unit : rest >= unit;
  return Math.sign(number) * Number(`${all / unit + (up ? 1n : 0n)}e${-places}`);
}

function power(base, exponent) {
  if (base === 1 || exponent === 0 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return base === 0 && exponent < 0 ? Infinity : base ** exponent;
}

const each = (values) => values.flatMap((value) => (Array.isArray(value) ? answers(value) : [value]));
const counts = (value, zone) => toNumber(value, zone) > 0;

function checklist({ environment: { zone } }, low, high, ...values) {
  const yes = each(values).filter((value) => counts(value, zone)).length;
  return (low < 0 || yes >= low) && (high < 0 || yes <= high);
}

function weightedChecklist({ environment: { zone } }, low, high, ...values) {
  const flags = each(values.filter((_, n) => n % 2 === 0)), weights = each(values.filter((_, n) => n % 2));
  let weight = 0;
  weights.slice(0, flags.length).forEach((value, n) => {
    if (counts(flags[n], zone)) weight += toNumber(value, zone);
  });
  return low <= weight && weight <= high;
}

const selected = (chosen, value) => ` ${chosen} `.includes(` ${value.trim()} `);
const finite = (f) => (number) => (Number.isFinite(number) ? f(number) + 0 : number);

export const FUNCTIONS = {
  string: ["t", text((value) => value)],
  concat: ["*a", (scope, ...values) => joined("", pieces(values))],
  join: ["t*a", (scope, separator, ...values) => joined(separator, pieces(values))],
  substr: ["tnn", text(substr)],
  "substring-before": ["tt", text((value, part) => (part && value.includes(part) ? value.slice(0, value.indexOf(part)) : ""))],
  "substring-after": ["tt", text(after)],
  translate: ["ttt", text(translate)],
  "string-length": ["t", (scope, value) => letters(value ?? scope.node.text).length],
  "normalize-space": ["t", (scope, value) => (value ?? scope.node.text).replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "")],
  trim: ["t", text((value) => value.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""))],
  contains: ["tt", text((value, part) => value.includes(part))],
  "starts-with": ["tt", text((value, part) => value.startsWith(part))],
  "ends-with": ["tt", text((value, part) => value.endsWith(part))],
  uuid: ["n", uuid],
  digest: ["ttt", text(digest)],
  "base64-decode": ["t", text(base64Decode)],
  pulldata: ["tttt", pulldata],
  true: ["", () => true],
  false: ["", () => false],
  boolean: ["b", text((truth) => truth)],
  "boolean-from-string": ["t", text((value) => value.toLowerCase() === "true" || value === "1")],
  not: ["b", text((truth) => !truth)],
  regex: ["tt", text(matches)],
  checklist: ["nn*a", checklist],
  "weighted-checklist": ["nn*aa", weightedChecklist],
  number: math((number) => number),
  random: ["", (scope) => scope.environment.random.random()],
  int: math(finite(Math.trunc)),
  floor: math(finite(Math.floor)),
  ceiling: math(finite(Math.ceil)),
  round: ["nn", text(round)],
  sum: ["s", (scope, ...values) => allNumbers(values, scope.environment.zone).reduce((a, b) => a + b, 0)],
  max: ["*a", (scope, ...values) => greatest(allNumbers(values, scope.environment.zone))],
  min: ["*a", (scope, ...values) => least(allNumbers(values, scope.environment.zone))],
  pow: ["nn", text(power)],
  log: math(Math.log),
  log10: math(Math.log10),
  exp10: math((number) => power(10, number)),
  exp: math(Math.exp),
  abs: math(Math.abs),
  sqrt: math(Math.sqrt),
  sin: math(Math.sin),
  cos: math(Math.cos),
  tan: math(Math.tan),
  asin: math(Math.asin),
  acos: math(Math.acos),
  atan: math(Math.atan),
  atan2: ["nn", text(Math.atan2)],
  pi: ["", () => Math.PI],
  count: ["s", text((nodes) => nodes.length)],
  "count-non-empty": ["s", text((nodes) => nodes.filter((node) => node.value || node.children.length).length)],
  position: ["s", position],
  instance: ["t", (scope, name) => [documentOf(document(scope, name))]],
  current: ["", (scope) => (scope.current.isRelevant() ? [scope.current] : [])],
  randomize: ["sn", randomize],
  today: ["", dates.today],
  now: ["", dates.now],
  date: ["a", dates.date],
  "date-time": ["a", dates.dateTime],
  "decimal-date-time": ["a", dates.decimalDateTime],
  "decimal-time": ["a", dates.decimalTime],
  "format-date": ["at", dates.formatDate],
  "format-date-time": ["at", dates.formatDateTime],
  selected: ["tt", text(selected)],
  "is-selected": ["tt", text(selected)],
  "selected-at": ["tn", text((chosen, index) => (whole(index) < 0 ? "" : words(chosen)[whole(index)] ?? ""))],
  "count-selected": ["t", text((chosen) => words(chosen).length)],
  "jr:choice-name": ["tt", (scope, value, question) => scope.environment.choiceLabel(value, absoluteRef(question, scope.current.ref))],
  "jr:itext": ["t", (scope, id) => scope.environment.itext(id)],
};
