/** Python's random.Random (Mersenne Twister): the phone and the server draw the same numbers. */
import { sha2 } from "./hashes.js";

const SIZE = 624;

export class Random {
  /** @param {number|string} seed as Python seeds from an int (below 2**32) or a str */
  constructor(seed) {
    this.state = new Uint32Array(SIZE);
    this.fill(typeof seed === "string" ? wordsOf(seed) : [seed >>> 0]);
    this.at = SIZE;
  }

  fill(key) {
    const state = this.state;
    state[0] = 19650218;
    for (let n = 1; n < SIZE; n += 1) state[n] = Math.imul(1812433253, state[n - 1] ^ (state[n - 1] >>> 30)) + n;
    let i = 1, j = 0;
    const mix = (by, add) => {
      state[i] = (state[i] ^ Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), by)) + add;
      i += 1;
      if (i >= SIZE) [state[0], i] = [state[SIZE - 1], 1];
    };
    for (let k = Math.max(SIZE, key.length); k; k -= 1, j = (j + 1) % key.length) mix(1664525, key[j] + j);
    for (let k = SIZE - 1; k; k -= 1) mix(1566083941, -i);
    state[0] = 0x80000000;
  }

  word() {
    if (this.at >= SIZE) this.twist();
    let y = this.state[this.at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  twist() {
    const state = this.state;
    for (let n = 0; n < SIZE; n += 1) {
      const y = (state[n] & 0x80000000) | (state[(n + 1) % SIZE] & 0x7fffffff);
      state[n] = state[(n + 397) % SIZE] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.at = 0;
  }

  /** From 0 to below 1, with 53 bits. */
  random() {
    const high = this.word() >>> 5, low = this.word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }
}

function wordsOf(text) {
  const bytes = new TextEncoder().encode(text);
  const all = [...bytes, ...sha2(512, bytes)].reverse();
  while (all.length > 1 && all.at(-1) === 0) all.pop();
  const words = [];
  for (let n = 0; n < all.length; n += 4) {
    words.push(((all[n] | (all[n + 1] << 8) | (all[n + 2] << 16) | (all[n + 3] << 24)) >>> 0));
  }
  return words;
}

const MODULUS = 2 ** 31 - 1;

/** The minimal standard generator of Park and Miller, for randomize() with a seed. */
export class ParkMiller {
  constructor(seed) {
    this.state = Number.isFinite(seed) ? Math.trunc(seed) % MODULUS : 0;
    if (this.state <= 0) this.state += MODULUS - 1;
  }

  random() {
    this.state = (this.state * 16807) % MODULUS;
    return (this.state - 1) / (MODULUS - 1);
  }
}
