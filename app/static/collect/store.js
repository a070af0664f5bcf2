/**
 * What is kept on the phone, in IndexedDB: settings, forms taken along, records. An update of the app
 * only ever adds stores; nothing here is deleted but by the person, or after the server's receipt.
 */

const NAME = "suara-collect";
const VERSION = 1;
const STORES = { settings: "key", forms: "key", records: "id" };

export async function openStore() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const known = request.result.objectStoreNames;
    for (const [store, keyPath] of Object.entries(STORES)) {
      if (!known.contains(store)) request.result.createObjectStore(store, { keyPath });
    }
  };
  return new Store(await done(request));
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  request.onblocked = () => reject(new Error("blocked"));
});

class Store {
  constructor(db) {
    this.db = db;
    db.onversionchange = () => db.close();
  }

  /** Resolves when it is on disk. Rejects, with everything as it was, when there is no room. */
  change(store, action) {
    return new Promise((resolve, reject) => {
      const transaction = this.db.transaction(store, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("full"));
      action(transaction.objectStore(store));
    });
  }

  put(store, value) {
    return this.change(store, (into) => into.put(value));
  }

  remove(store, key) {
    return this.change(store, (from) => from.delete(key));
  }

  get(store, key) {
    return done(this.db.transaction(store).objectStore(store).get(key));
  }

  all(store) {
    return done(this.db.transaction(store).objectStore(store).getAll());
  }

  /** Change a record only if it is still as `test` says: another tab may have been faster. */
  changeIf(id, test, make) {
    return this.change("records", (records) => {
      const found = records.get(id);
      found.onsuccess = () => found.result && test(found.result) && records.put(make(found.result));
    });
  }

  async wipe() {
    for (const store of Object.keys(STORES)) await this.change(store, (from) => from.clear());
  }
}
