// Repeated parts of a form, added and moved in place by htmx; the buttons work without this file, too.

const valuesIn = (place) => new Map([...place.querySelectorAll("[id][name]")].map((control) => [control.id, control.value]));
let sent = new Map();

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  sent = valuesIn(detail.target);
});

// An answer without these parts (a page to sign in, an error) takes nothing away.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const answer = new DOMParser().parseFromString(detail.serverResponse, "text/html");
  detail.shouldSwap = detail.xhr.status === 200 && Boolean(answer.getElementById(detail.target.id));
  if (!detail.shouldSwap) failed();
});
document.addEventListener("htmx:sendError", () => failed());
document.addEventListener("htmx:timeout", () => failed());

const failed = () => {
  const said = document.getElementById("said");
  said.textContent = said.dataset.failed;
  said.classList.remove("vh");
};

// What was typed while the answer was under way stays.
let typed = new Map();
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  typed = new Map([...valuesIn(detail.target)].filter(([id, value]) => sent.has(id) && sent.get(id) !== value));
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const said = document.getElementById("said");
  said.classList.add("vh");
  for (const [id, value] of typed) {
    const control = document.getElementById(id);
    if (control && control.type !== "file") control.value = value;
  }
  typed = new Map();
  document.getElementById(detail.target.id)?.dispatchEvent(new Event("input", { bubbles: true }));
});

// Who sends the form while an answer is under way sends what it brings, too; an answer that did not come is told instead.
let awaited = null;

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const mine = { form: detail.elt.closest("form"), has: false, press: null };
  awaited = mine;
  detail.xhr.addEventListener("loadend", () => {
    if (awaited === mine) awaited = null;
    if (mine.has) mine.press?.();
    else if (mine.press) document.getElementById("said").scrollIntoView({ block: "center" });
  });
});

document.addEventListener("htmx:afterSwap", () => {
  if (awaited) awaited.has = true;
});

document.addEventListener(
  "submit",
  (event) => {
    if (!awaited || event.target !== awaited.form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target: form, submitter } = event;
    awaited.press = () => form.requestSubmit(submitter?.isConnected ? submitter : null);
  },
  true,
);

// Enter in a search among records searches, and does not send the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("[data-find]")) return;
  event.preventDefault();
  event.target.closest(".chooser").querySelector("button").click();
});
