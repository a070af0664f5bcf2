/**
 * Values of expressions and how they become each other (app/questionnaire/expressions/values.py).
 * A value is a string, a number, a boolean, or an array of nodes.
 */
import { daysSince1970 } from "./moments.js";

export class ExpressionError extends Error {}

const TOLERANCE = 1e-12;
const MAX_TEXT = 100000;
const NUMBER = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;

export const answers = (nodes) => nodes.map((node) => node.value);

export function toText(value) {
  if (typeof value === "number") return numberToText(value);
  if (Array.isArray(value)) return value.length ? value[0].value : "";
  return String(value);
}

/** As toText, but "" for a number that is none: what is stored or shown. */
export const display = (value) => (Number.isNaN(value) ? "" : toText(value));

/** Digits without exponent or needless zeros. */
export function numberToText(number) {
  if (!Number.isFinite(number)) return String(number);
  const whole = Math.trunc(number);
  if (Math.abs(number - whole) < TOLERANCE) return String(BigInt(whole));
  const { sign, digits, scale } = decimal(number);
  const padded = digits.padStart(scale + 1, "0");
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** The decimal that is written for a number: digits, and how many of them are decimals. */
export function decimal(number) {
  const [mantissa, exponent = "0"] = String(Math.abs(number)).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const sign = number < 0 ? "-" : "";
  return { sign, digits: whole + fraction + "0".repeat(Math.max(0, -scale)), scale: Math.max(0, scale) };
}

/** As ODK's number(): NaN for what is no number, days since 1970-01-01 for a date. */
export function toNumber(value, zone) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const text = toText(value);
  const number = plainNumber(text);
  if (!Number.isNaN(number) || !text.includes("-")) return number;
  return daysSince1970(strip(text), zone) ?? NaN;
}

/** The number that a text is, dates apart; else NaN. */
export function plainNumber(text) {
  const plain = strip(text).replaceAll(",", ".");
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

const strip = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");

export function toTruth(value) {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return value !== "";
  if (Array.isArray(value)) return value.some((node) => node.value);
  return Math.abs(value) > TOLERANCE;
}

const sameNumber = (one, other) => one === other || Math.abs(one - other) < TOLERANCE;

/** `=` (or, with `wanted` false, `!=`) of two values or any two of their nodes (XPath 1.0, 3.4). */
export function compares(wanted, one, other, zone) {
  if (typeof one === "boolean" || typeof other === "boolean") {
    return (toTruth(one) === toTruth(other)) === wanted;
  }
  if (typeof one === "number" || typeof other === "number") {
    const others = numbers(other, zone);
    return numbers(one, zone).some((a) => others.some((b) => sameNumber(a, b) === wanted));
  }
  const ones = texts(one), others = texts(other);
  if (wanted) return [...ones].some((text) => others.has(text));
  return new Set([...ones, ...others]).size > 1;
}

const ORDERS = {
  "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
};

/** An order between two values, or any two of their nodes; only numbers have an order. */
export function ordered(operator, one, other, zone) {
  const order = ORDERS[operator];
  const ones = real(numbers(one, zone)), others = real(numbers(other, zone));
  if (!ones.length || !others.length) return false;
  return operator[0] === "<"
    ? order(least(ones), greatest(others)) : order(greatest(ones), least(others));
}

const real = (found) => found.filter((number) => !Number.isNaN(number));
export const least = (found) => found.reduce((a, b) => (b < a ? b : a), found[0] ?? NaN);
export const greatest = (found) => found.reduce((a, b) => (b > a ? b : a), found[0] ?? NaN);

function numbers(value, zone) {
  if (!Array.isArray(value)) return [toNumber(value, zone)];
  return value.length ? answers(value).map((text) => toNumber(text, zone)) : [NaN];
}

function texts(value) {
  if (!Array.isArray(value)) return new Set([value]);
  return new Set(value.length ? answers(value) : [""]);
}

/** Every number in some values; what is none is left out. */
export const allNumbers = (values, zone) =>
  real(values.flatMap((value) => (Array.isArray(value) ? answers(value) : [value])
    .map((each) => toNumber(each, zone))));

/** Every text in some values. */
export const pieces = (values) =>
  values.flatMap((value) => (Array.isArray(value) ? answers(value) : [display(value)]));

/** Texts with a separator between; texts cannot grow without end. */
export function joined(separator, found) {
  const text = found.join(separator);
  if (text.length > MAX_TEXT && [...text].length > MAX_TEXT) throw new ExpressionError("text-too-long");
  return text;
}

/** A number without its fraction, as Java's intValue. */
export const whole = (number) =>
  Number.isNaN(number) ? 0 : Math.trunc(Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, number)));

export const words = (text) => text.split(/\s+/).filter(Boolean);
