/** Date and time functions of ODK XForms (app/questionnaire/expressions/dates.py). */
import {
  calendar, clock, dayFraction, fromDays, fromMilliseconds, iso, isoDate, parseClock, parseMoment, toDays, two,
  wholeDay,
} from "./moments.js";
import { joined, plainNumber, toText } from "./values.js";

const moment = ({ environment: { now, zone } }) => fromMilliseconds(now, zone);
const number = (value) => (typeof value === "number" ? value : plainNumber(toText(value)));

function instant({ environment: { zone } }, value) {
  const days = number(value);
  return Number.isNaN(days) ? parseMoment(toText(value), zone) : fromDays(days, zone);
}

export const today = (scope) => isoDate(moment(scope).day);
export const now = (scope) => iso(moment(scope));

/** The day of a date or dateTime, or so many days after 1970-01-01; "" when it is neither. */
export function date(scope, value) {
  const days = number(value);
  const day = Number.isNaN(days) ? instant(scope, value)?.day ?? null : wholeDay(days);
  return day === null ? "" : isoDate(day);
}

export function dateTime(scope, value) {
  const found = instant(scope, value);
  return found ? iso(found) : "";
}

export function decimalDateTime(scope, value) {
  const days = number(value);
  if (!Number.isNaN(days)) return days;
  const found = instant(scope, value);
  return found ? toDays(found) : NaN;
}

/** The part of the local day that has passed at a time. */
export function decimalTime(scope, value) {
  const days = number(value), { zone } = scope.environment;
  if (Number.isFinite(days)) return days - Math.floor(days);
  const micros = parseMoment(toText(value), zone)?.micros
    ?? parseClock(toText(value), zone, moment(scope).day);
  return micros === null ? NaN : dayFraction(micros);
}

/** A date written by a pattern; a whole number is that day, wherever the time zone lies. */
export function formatDate(scope, value, pattern) {
  const days = number(value);
  const day = Number.isInteger(days) ? wholeDay(days) : null;
  return day === null ? formatDateTime(scope, value, pattern) : written(scope, { day, micros: 0 }, pattern);
}

export function formatDateTime(scope, value, pattern) {
  const found = instant(scope, value);
  return found ? written(scope, found, pattern) : "";
}

function written({ environment: { names } }, { day, micros }, pattern) {
  const { year, month, day: date_ } = calendar(day), time = clock(micros);
  const fields = {
    Y: String(year).padStart(4, "0"), y: two(year % 100), m: two(month), n: month, b: names.months[month - 1],
    d: two(date_), e: date_, a: names.days[(((day + 3) % 7) + 7) % 7], H: two(time.hour), h: time.hour,
    M: two(time.minute), S: two(time.second), 3: String(time.milli).padStart(3, "0"), "%": "%",
  };
  return joined("", [pattern.replace(/%([^]?)/gu, (whole, escape) => fields[escape] ?? whole)]);
}
