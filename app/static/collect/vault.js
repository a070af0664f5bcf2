/**
 * Answers on the phone are never readable as they lie there: unfinished ones are locked with a key
 * made from the PIN, finished ones also sealed for the server (app/collect/keys.py opens them).
 */

const ROUNDS = 600000;
const subtle = globalThis.crypto?.subtle;
const utf8 = new TextEncoder();

export const canSeal = () => Boolean(subtle);

const toBase64 = (buffer) => {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
};
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const random = (size) => crypto.getRandomValues(new Uint8Array(size));

async function pinKey(pin, salt) {
  const material = await subtle.importKey("raw", utf8.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(salt), iterations: ROUNDS };
  return subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** What is kept of a new PIN, and the key that it gives. */
export async function newPin(pin) {
  const salt = toBase64(random(16)), key = await pinKey(pin, salt);
  return { key, kept: { salt, check: await lock(key, "pin", "right") } };
}

/** The key, or null when it is another PIN. */
export async function unlock(pin, { salt, check }) {
  const key = await pinKey(pin, salt);
  return open(key, "pin", check).then(() => key, () => null);
}

export async function lock(key, id, value) {
  const iv = random(12), content = utf8.encode(JSON.stringify(value));
  const data = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8.encode(id) }, key, content);
  return { iv: toBase64(iv), data: toBase64(data) };
}

export async function open(key, id, { iv, data }) {
  const how = { name: "AES-GCM", iv: fromBase64(iv), additionalData: utf8.encode(id) };
  return JSON.parse(new TextDecoder().decode(await subtle.decrypt(how, key, fromBase64(data))));
}

/** Sealed with a fresh key for the server's public point: nobody on the phone can open it again. */
export async function seal(point, id, value) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await subtle.importKey("raw", fromBase64(point), curve, false, []);
  const own = await subtle.generateKey(curve, false, ["deriveBits"]);
  const raw = await subtle.exportKey("raw", own.publicKey);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const material = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: raw, info: utf8.encode("suara record 1") };
  const key = await subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  return { key: toBase64(raw), ...(await lock(key, id, value)) };
}
