/** Sending what waits, from the page or from the worker; a record goes only after a receipt. */
import { openStore } from "./store.js";

const PATIENCE = 60000;

/** Send every record that waits: `{ sent, refused, stopped }`, stopped is "network" or "sign-in". */
export const sendWaiting = (base) => alone(() => send(base));

/** Of several tabs one sends; sending twice would do no harm but cost data. */
function alone(action) {
  return navigator.locks ? navigator.locks.request("suara-send", action) : action();
}

async function send(base) {
  const store = await openStore(), result = { sent: 0, refused: 0, stopped: "" };
  for (const record of await store.all("records")) {
    if (record.status !== "waiting") continue;
    const answer = await post(base, record);
    if (!answer) return { ...result, stopped: "network" };
    if (answer.status === "sign-in") return { ...result, stopped: "sign-in" };
    await store.changeIf(record.id, (now) => now.sealed?.data === record.sealed.data, (now) => after(now, answer));
    result[answer.status === "kept" || answer.status === "erased" ? "sent" : "refused"] += 1;
  }
  return result;
}

async function post(base, { id, form, version, by, sealed }) {
  try {
    const reply = await fetch(`${base}records`, {
      method: "POST", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout?.(PATIENCE),
      headers: { "Content-Type": "application/json", "X-Suara-Record": "1" },
      body: JSON.stringify({ id, form, version, by, sealed }),
    });
    const said = await reply.json();
    return said.status && said.status !== "later" ? said : null;
  } catch {
    return null;
  }
}

/** What stays of a record after the server's answer: of one that was kept, no answers. */
function after(record, { status, code = "", words, problems, theirs }) {
  const { id, form, version, by } = record;
  if (status === "kept" || status === "erased") {
    return { id, form, version, by, status: "sent", code, when: new Date().toISOString() };
  }
  return { ...record, status: "refused", words, problems, theirs };
}
