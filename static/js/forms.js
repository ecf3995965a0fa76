// Comfort for forms; every form works without this file.

// A second press of the button while the first is still under way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
});

// The browser may bring a sent form back from its memory: it must work again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
});

// Counters follow the typing, of one control or of several together. A line end counts as one character, as on the server.
const count = (counter) => {
  const ids = counter.dataset.counterFor.split(" ");
  const controls = ids.map((id) => document.getElementById(id)).filter(Boolean);
  if (!controls.length) return;
  const typed = controls.reduce((sum, control) => sum + [...control.value.trim()].length, 0);
  const meter = counter.parentElement.previousElementSibling;
  counter.textContent = counter.dataset.pattern.replace("{count}", typed);
  counter.classList.toggle("over", typed > Number(counter.dataset.maximum));
  if (meter) meter.value = typed;
};
for (const counter of document.querySelectorAll("[data-counter-for]")) count(counter);
document.addEventListener("input", ({ target }) => {
  if (!target.id) return;
  for (const counter of document.querySelectorAll(`[data-counter-for~="${CSS.escape(target.id)}"]`)) count(counter);
});

// Styles see which day was chosen only where it is written down.
document.addEventListener("input", ({ target }) => {
  if (target.type === "date") target.setAttribute("value", target.value);
});

// Leaving a page with typed but unsaved text asks first, unless the portal has it already (autosave.js).
for (const form of document.querySelectorAll("form[data-ask-before-leaving]")) {
  let changed = false;
  form.addEventListener("input", (event) => {
    changed ||= !event.target.closest(".tabs");
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !form.dataset.sent && !form.dataset.kept) event.preventDefault();
  });
}
