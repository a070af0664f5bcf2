/**
 * Dates and times of ODK XForms (app/questionnaire/expressions/moments.py).
 * A moment is `{ day, micros, offset }`: the local day since 1970-01-01, microseconds of that day,
 * and the seconds that local time is ahead of UTC.
 */

const DATE = "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})";
const TIME = "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,9}))?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?";
const MOMENT = new RegExp(`^${DATE}(?:T${TIME})?$`);
const CLOCK = new RegExp(`^${TIME}$`);
const DAY = 86400e6;
const FIRST = dayNumber(1, 1, 1), LAST = dayNumber(9999, 12, 31);

/** The day since 1970-01-01 of a date that there is. */
export function dayNumber(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400), inEra = y - era * 400;
  const inYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + inYear - 719468;
}

/** Year, month and day of a day since 1970-01-01. */
export function calendar(day) {
  const z = day + 719468, era = Math.floor(z / 146097), d = z - era * 146097;
  const y = Math.floor((d - Math.floor(d / 1460) + Math.floor(d / 36524) - Math.floor(d / 146096)) / 365);
  const n = d - (365 * y + Math.floor(y / 4) - Math.floor(y / 100)), m = Math.floor((5 * n + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return { year: y + era * 400 + (month <= 2 ? 1 : 0), month, day: n - Math.floor((153 * m + 2) / 5) + 1 };
}

/** The whole local day of a date or dateTime; null for what is neither. */
export function daysSince1970(text, zone) {
  const match = MOMENT.exec(text);
  if (!match) return null;
  return match[4] === undefined ? dateOf(match) : momentOf(match, zone)?.day ?? null;
}

export function parseMoment(text, zone) {
  const match = MOMENT.exec(text.trim());
  return match && momentOf(match, zone);
}

/** Microseconds of the local day; an offset counts as on `today`. */
export function parseClock(text, zone, today) {
  const match = CLOCK.exec(text.trim());
  const micros = match && timeOf(match.slice(1));
  if (micros === null) return null;
  return match[5] === undefined ? micros : shifted(today, micros, match[5], zone)?.micros ?? null;
}

function momentOf(match, zone) {
  const day = dateOf(match);
  const micros = match[4] === undefined ? 0 : timeOf(match.slice(4));
  if (day === null || micros === null) return null;
  if (match[8] === undefined) return { day, micros, offset: localOffset(day, micros, zone) };
  return shifted(day, micros, match[8], zone);
}

function shifted(day, micros, written, zone) {
  const offset = offsetOf(written);
  return offset === null ? null : local(day, micros - offset * 1e6, zone);
}

function dateOf([, year, month, day]) {
  const number = dayNumber(+year, +month, +day), found = calendar(number);
  return +year > 0 && found.month === +month && found.day === +day ? number : null;
}

function timeOf([hour, minute, second = "0", fraction = "0"]) {
  if (hour > 23 || minute > 59 || second > 59) return null;
  return ((+hour * 60 + +minute) * 60 + +second) * 1e6 + +fraction.padEnd(6, "0").slice(0, 6);
}

function offsetOf(text) {
  if (text === "Z") return 0;
  const digits = text.slice(1).replace(":", "").padEnd(4, "0");
  const seconds = (+digits.slice(0, 2) * 60 + +digits.slice(2)) * 60;
  return seconds < 86400 ? (text[0] === "-" ? -seconds : seconds) : null;
}

/** The moment of a UTC day and microseconds in a time zone; null beyond the years 1 to 9999. */
export function local(day, micros, zone) {
  const offset = offsetAt(day * 86400 + Math.floor(micros / 1e6), zone);
  const moved = micros + offset * 1e6, days = Math.floor(moved / DAY);
  const found = { day: day + days, micros: moved - days * DAY, offset };
  return found.day < FIRST || found.day > LAST ? null : found;
}

export const fromMilliseconds = (time, zone) =>
  local(Math.floor(time / 86400e3), (time - Math.floor(time / 86400e3) * 86400e3) * 1e3, zone);

/** The instant so many days after 1970-01-01T00:00Z. */
export function fromDays(days, zone) {
  if (!(Math.abs(days) < 1e8)) return null;
  const day = Math.trunc(days);
  return local(day, halfEven((days - day) * DAY), zone);
}

function halfEven(number) {
  const low = Math.floor(number), rest = number - low;
  return rest > 0.5 || (rest === 0.5 && low % 2) ? low + 1 : low;
}

/** The day so many whole days after 1970-01-01; null beyond the years 1 to 9999. */
export function wholeDay(days) {
  const day = Math.trunc(days);
  return day >= FIRST && day <= LAST ? day : null;
}

export const toDays = ({ day, micros, offset }) => (day * DAY + micros - offset * 1e6) / DAY;
export const dayFraction = (micros) => micros / DAY;

export const two = (number) => String(number).padStart(2, "0");

export function isoDate(number) {
  const { year, month, day } = calendar(number);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** With milliseconds (unless `short`) and offset. */
export function iso(moment, short = false) {
  const { hour, minute, second, milli } = clock(moment.micros);
  const ahead = Math.abs(moment.offset), rest = ahead % 60;
  const offset = `${two(Math.floor(ahead / 3600))}:${two(Math.floor(ahead / 60) % 60)}${rest ? `:${two(rest)}` : ""}`;
  const fraction = short ? "" : `.${String(milli).padStart(3, "0")}`;
  return `${isoDate(moment.day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${moment.offset < 0 ? "-" : "+"}${offset}`;
}

export function clock(micros) {
  const seconds = Math.floor(micros / 1e6);
  return {
    hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60, milli: Math.floor((micros % 1e6) / 1e3),
  };
}

const formats = new Map();

function offsetAt(seconds, zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", era: "short", year: "numeric", month: "numeric",
      day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    }));
  }
  const part = {};
  for (const { type, value } of formats.get(zone).formatToParts(seconds * 1000)) part[type] = value;
  const year = part.era === "BC" ? 1 - part.year : +part.year;
  const day = dayNumber(year, +part.month, +part.day);
  return day * 86400 + (+part.hour * 60 + +part.minute) * 60 + +part.second - seconds;
}

/** The offset of a local time; where clocks went back the first, in a gap that of before. */
function localOffset(day, micros, zone) {
  const seconds = day * 86400 + Math.floor(micros / 1e6);
  const before = offsetAt(seconds - 86400, zone), after = offsetAt(seconds + 86400, zone);
  const fits = [before, after].find((offset) => offsetAt(seconds - offset, zone) === offset);
  return fits ?? before;
}
