// What is typed into a long form is kept while it is typed; every form works without this file.
//
// The portal has it a few seconds later; until it says so, the browser keeps it, for the person who typed it, and brings it to
// the portal when the form is opened again.

(() => {
  const PAUSE = 2000;
  const LONGEST = 8000;
  const PATIENCE = 10000;
  const AGAIN = [3000, 5000, 10000, 20000];
  const MOST_AT_LEAVING = 60000; // browsers carry no more out of a page that is closed
  const OLDEST = 90 * 24 * 3600 * 1000;
  const STORE = "mer:typed:";
  const SENT = "mer:sent"; // under which name what this window sent last is kept
  const ENVELOPE = ["csrfmiddlewaretoken", "revision", "uid", "shown_language"];

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const { autosave: address, asks, page, person, record } = form.dataset;
  const bar = form.querySelector("[data-keeping]");
  const told = form.querySelector("[data-keeping-told]");
  const signIn = bar.querySelector("a");
  const field = (name) => form.elements.namedItem(name)?.value || "";
  const unique = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (each) => each.toString(36)).join("");

  // What the browser keeps

  const nothing = { length: 0, key: () => "", getItem: () => null, setItem() {}, removeItem() {} };
  const kept = (where) => {
    try {
      return window[where];
    } catch {
      return nothing; // she has forbidden it
    }
  };
  const store = kept("localStorage");
  const tab = kept("sessionStorage");
  const mine = `${STORE}${person}:`;
  const own = `${mine}${record}:${unique()}`;

  function keptHere() {
    const found = [];
    for (let index = 0; index < store.length; index += 1) {
      const key = store.key(index);
      if (key.startsWith(mine)) found.push([key, JSON.parse(store.getItem(key))]);
    }
    return found.sort(([, one], [, other]) => other.at - one.at);
  }

  function keepHere(entry) {
    try {
      store.setItem(own, JSON.stringify({ at: Date.now(), page, asks, revision: field("revision"), ...entry }));
    } catch {
      // A browser that keeps nothing: the portal does.
    }
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.getAttribute("action")?.includes("/logout/")) return; // `action` may be the name of a button
    stopped = true;
    for (const key of Object.keys(store)) if (key.startsWith(STORE)) store.removeItem(key);
  });

  // What is sent

  const known = form.dataset.stamp ? [form.dataset.stamp] : [];
  let changed = false; // since it was sent last
  let since = 0; // when the first of that was typed
  let timer = 0;
  let sending = null;
  let carried = false; // what is under way outlives the page
  let failures = 0;
  let stopped = false;
  let trouble = "";

  function typed() {
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  }

  function body(pairs, stamp, stamps) {
    const data = new URLSearchParams(pairs);
    data.append("csrfmiddlewaretoken", field("csrfmiddlewaretoken"));
    data.append("person", person);
    data.append("stamp", stamp);
    for (const each of stamps.slice(-40)) data.append("known", each);
    return data;
  }

  async function post(data, options = {}) {
    const patience = options.keepalive ? undefined : AbortSignal.timeout(PATIENCE);
    const answer = await fetch(address, { method: "POST", body: data, redirect: "manual", signal: patience, ...options });
    const json = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
    return { status: answer.status, signedOut: answer.status === 401 || answer.type === "opaqueredirect", ...json };
  }

  async function send(leaving = false) {
    clearTimeout(timer);
    const isUnderWay = sending && (!leaving || carried);
    if (stopped || (isUnderWay && !(leaving && changed)) || !(changed || sending)) return;
    carried = leaving;
    const stamp = unique();
    const pairs = typed();
    const data = body(pairs, stamp, known);
    changed = false;
    since = 0;
    known.push(stamp);
    keepHere({ pairs, known: [...known] });
    if (!trouble) show(bar.dataset.saving);
    const sent = post(data, leaving && data.toString().length < MOST_AT_LEAVING ? { keepalive: true } : {});
    sending = stamp;
    const answer = await sent.catch(() => null);
    if (sending === stamp) sending = null;
    if (!stopped) settle(answer, stamp);
  }

  function settle(answer, stamp) {
    if (answer?.at) {
      known.splice(0, known.indexOf(stamp));
      failures = 0;
      if (changed) later();
      else {
        store.removeItem(own);
        form.dataset.kept = "yes";
      }
      if (answer.state === "kept") well(answer.at);
      else warn(answer.state, answer.message);
      return;
    }
    if (answer?.state === "elsewhere" || answer?.state === "too_much") return warn(answer.state, answer.message);
    changed = true;
    if (answer?.signedOut) warn("signed_out", bar.dataset.signedOut);
    else if (answer?.state === "another_person") warn(answer.state, answer.message);
    else if (answer?.status === 403) enter();
    else if (answer?.status === 404) warn("gone", bar.dataset.gone);
    else {
      warn("offline", bar.dataset.offline);
      timer = setTimeout(send, AGAIN[Math.min(failures, AGAIN.length - 1)]);
      failures += 1;
    }
  }

  function later() {
    changed = true;
    delete form.dataset.kept;
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  }

  // Who has signed in again, perhaps in another window, has a new token.
  async function enter() {
    const answer = await fetch(address, { redirect: "manual" }).catch(() => null);
    const open = answer?.ok ? await answer.json() : null;
    if (!open) return warn("signed_out", bar.dataset.signedOut);
    if (open.person !== person) return warn("another_person", bar.dataset.gone);
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = open.token;
    failures += 1;
    if (failures < AGAIN.length) send();
  }

  // What is said

  function show(text) {
    bar.hidden = false;
    if ("alone" in bar.dataset) bar.previousElementSibling.hidden = true;
    bar.firstElementChild.textContent = text;
    bar.toggleAttribute("data-trouble", Boolean(trouble));
    signIn.hidden = trouble !== "signed_out";
  }

  function well(time) {
    const text = bar.dataset.kept.replace("{time}", time);
    if (trouble) told.textContent = text;
    trouble = "";
    show(text);
  }

  // A screen reader hears of it once.
  function warn(what, text) {
    if (trouble !== what) told.textContent = text;
    trouble = what;
    show(text);
  }

  // Coming back

  const said = (pairs) =>
    JSON.stringify(pairs.filter(([name]) => !ENVELOPE.includes(name)).map(([name, value]) => `${name}=${value.replace(/\r\n?/g, "\n")}`).sort());

  function isSaved(entry) {
    const wasSaved = entry.sent && "own" in form.dataset && entry.revision !== field("revision");
    return wasSaved || said(entry.pairs) === said(typed());
  }

  // A page that answers what this window has just sent shows it already, perhaps with more in it than was typed.
  function goOn() {
    const sent = tab.getItem(SENT);
    tab.removeItem(SENT);
    const entry = sent && "typed" in form.dataset ? JSON.parse(store.getItem(sent)) : null;
    if (!entry || !sent.startsWith(`${mine}${record}:`)) return;
    known.push(...entry.known);
    keepHere({ pairs: typed(), known: [...known] });
    store.removeItem(sent);
  }

  async function comeBack() {
    goOn();
    let entries = keptHere();
    for (const [key, entry] of entries) if (entry.at < Date.now() - OLDEST) store.removeItem(key);
    entries = keptHere();
    const here = entries.filter(([key]) => key !== own && key.startsWith(`${mine}${record}:`));
    for (const [key, entry] of here) {
      if (isSaved(entry)) store.removeItem(key);
      else return bring(key, entry, entry.known);
    }
    for (const [key, entry] of entries.filter(([key]) => !key.startsWith(`${mine}${record}:`)).slice(0, 5)) {
      if (await isMissing(key, entry)) {
        note("[data-kept-of-others]").querySelector("a").href = entry.page;
        return;
      }
    }
  }

  // The page may have been left before it heard that the portal has it.
  async function isMissing(key, entry) {
    const answer = await fetch(entry.asks, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return false;
    const has = await answer.json();
    if (has.stamp === entry.known.at(-1) || (entry.sent && has.own && has.revision !== entry.revision)) {
      store.removeItem(key);
      return false;
    }
    return true;
  }

  async function bring(key, entry, stamps) {
    const answer = await post(body(entry.pairs, unique(), stamps)).catch(() => null);
    if (answer?.at) {
      store.removeItem(key);
      stopped = true;
      location.replace(page);
    } else if (answer?.state === "elsewhere") choose(key, entry);
    else if (answer?.signedOut) warn("signed_out", bar.dataset.signedOut);
    else warn("offline", bar.dataset.offline);
  }

  function choose(key, entry) {
    const shown = note("[data-kept-here]");
    shown.addEventListener("click", (event) => {
      if (event.target.value === "take") bring(key, entry, known);
      else if (event.target.value === "drop") store.removeItem(key);
      else return;
      shown.remove();
    });
  }

  function note(template) {
    form.before(document.querySelector(`template${template}`).content.cloneNode(true));
    return form.previousElementSibling;
  }

  // What happens

  function change(event) {
    if (event.target.closest?.(".tabs")) return;
    if (page && location.pathname + location.search !== page) history.replaceState(null, "", page);
    later();
  }
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  form.addEventListener("htmx:afterSettle", change);

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send(true);
    else if (trouble) enterAgain();
  });
  window.addEventListener("pagehide", () => send(true));
  window.addEventListener("online", () => send());
  window.addEventListener("focus", () => {
    if (trouble) enterAgain();
  });

  function enterAgain() {
    failures = 0;
    if (changed && trouble === "signed_out") enter();
    else send();
  }

  // Saving or dropping it makes what is under way needless; until the portal has it, the browser keeps it.
  form.addEventListener("submit", (event) => {
    if (changed || sending || trouble) keepHere({ pairs: typed(), known: [...known], sent: true });
    tab.setItem(SENT, own);
    clearTimeout(timer);
    stopped = true;
    setTimeout(() => {
      if (!event.defaultPrevented || form.dataset.sent) return;
      stopped = false;
      if (changed) later();
    });
  });
  for (const drop of document.querySelectorAll("form[data-drops-typed]")) {
    drop.addEventListener("submit", () => {
      clearTimeout(timer);
      stopped = true;
      for (const [key] of keptHere()) if (key.startsWith(`${mine}${record}:`)) store.removeItem(key);
    });
  }
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    stopped = false;
    if (changed) later();
  });

  if ("typed" in form.dataset) later();
  comeBack();
})();
