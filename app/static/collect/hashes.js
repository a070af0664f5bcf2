/** MD5 and the SHA family at once (the platform's own answer later), for digest() and for chance. */

const primes = [];
for (let n = 2; primes.length < 80; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);

/** 64 bits after the point of a root of a prime: where the constants of SHA-2 come from. */
function fraction(prime, degree) {
  const wanted = BigInt(prime) << BigInt(64 * degree);
  let low = 0n, high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= wanted) low = middle;
    else high = middle;
  }
  return low & 0xffffffffffffffffn;
}

let cubes;
const SHA2 = {
  256: { bits: 32n, rounds: 64, turns: [7n, 18n, 3n, 17n, 19n, 10n, 6n, 11n, 25n, 2n, 13n, 22n], from: 0 },
  384: { bits: 64n, rounds: 80, turns: [1n, 8n, 7n, 19n, 61n, 6n, 14n, 18n, 41n, 28n, 34n, 39n], from: 8 },
  512: { bits: 64n, rounds: 80, turns: [1n, 8n, 7n, 19n, 61n, 6n, 14n, 18n, 41n, 28n, 34n, 39n], from: 0 },
};

export function sha2(size, bytes) {
  const { bits, rounds, turns, from } = SHA2[size];
  cubes ??= primes.map((prime) => fraction(prime, 3));
  const mask = (1n << bits) - 1n, width = Number(bits) / 8;
  const turn = (x, n) => ((x >> n) | (x << (bits - n))) & mask;
  const three = (x, [a, b, c]) => turn(x, a) ^ turn(x, b) ^ turn(x, c);
  const small = (x, [a, b, c]) => turn(x, a) ^ turn(x, b) ^ (x >> c);
  const constant = (n) => (bits === 32n ? cubes[n] >> 32n : cubes[n]);
  let state = primes.slice(from, from + 8).map((p) => fraction(p, 2) >> (64n - bits));
  for (const words of blocks(bytes, width, true)) {
    for (let n = 16; n < rounds; n += 1) {
      words[n] = (words[n - 16] + small(words[n - 15], turns.slice(0, 3)) + words[n - 7]
        + small(words[n - 2], turns.slice(3, 6))) & mask;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let n = 0; n < rounds; n += 1) {
      const one = h + three(e, turns.slice(6, 9)) + ((e & f) ^ (~e & g)) + constant(n) + words[n];
      const two = three(a, turns.slice(9)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + two) & mask];
    }
    state = [a, b, c, d, e, f, g, h].map((x, n) => (x + state[n]) & mask);
  }
  return toBytes(state, width, true).slice(0, size / 8);
}

export function sha1(bytes) {
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const turn = (x, n) => (x << n) | (x >>> (32 - n));
  for (const block of blocks(bytes, 4, true)) {
    const w = block.map(Number);
    for (let n = 16; n < 80; n += 1) w[n] = turn(w[n - 3] ^ w[n - 8] ^ w[n - 14] ^ w[n - 16], 1);
    let [a, b, c, d, e] = state;
    for (let n = 0; n < 80; n += 1) {
      const [f, k] = n < 20 ? [(b & c) | (~b & d), 0x5a827999] : n < 40 ? [b ^ c ^ d, 0x6ed9eba1]
        : n < 60 ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc] : [b ^ c ^ d, 0xca62c1d6];
      [e, d, c, b, a] = [d, c, turn(b, 30), a, (turn(a, 5) + f + e + k + w[n]) | 0];
    }
    state = [a, b, c, d, e].map((x, n) => (x + state[n]) | 0);
  }
  return toBytes(state.map((x) => BigInt(x >>> 0)), 4, true);
}

const TURNS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

export function md5(bytes) {
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (const block of blocks(bytes, 4, false)) {
    const w = block.map(Number);
    let [a, b, c, d] = state;
    for (let n = 0; n < 64; n += 1) {
      const round = n >> 4;
      const f = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
      const at = [n, 5 * n + 1, 3 * n + 5, 7 * n][round] % 16;
      const sum = (a + f + Math.floor(Math.abs(Math.sin(n + 1)) * 2 ** 32) + w[at]) | 0;
      const by = TURNS[round][n % 4];
      [a, d, c, b] = [d, c, b, (b + ((sum << by) | (sum >>> (32 - by)))) | 0];
    }
    state = [a, b, c, d].map((x, n) => (x + state[n]) | 0);
  }
  return toBytes(state.map((x) => BigInt(x >>> 0)), 4, false);
}

/** Padded blocks of sixteen words. */
function* blocks(bytes, width, bigEndian) {
  const size = 16 * width, tail = 2 * width;
  const padded = new Uint8Array(Math.ceil((bytes.length + 1 + tail) / size) * size);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const length = toBytes([BigInt(bytes.length * 8)], 8, bigEndian);
  padded.set(length, padded.length - 8);
  for (let at = 0; at < padded.length; at += size) {
    yield Array.from({ length: 16 }, (_, n) => {
      const word = [...padded.subarray(at + n * width, at + (n + 1) * width)];
      return (bigEndian ? word : word.reverse()).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    });
  }
}

function toBytes(words, width, bigEndian) {
  const found = words.flatMap((word) => {
    const bytes = Array.from({ length: width }, (_, n) => Number((word >> BigInt(8 * n)) & 255n));
    return bigEndian ? bytes.reverse() : bytes;
  });
  return Uint8Array.from(found);
}
