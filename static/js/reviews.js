// Comments on fields stay in the page that is open; without this file, or where something is wrong, the page is sent as a whole.

// What the server refuses is told by the whole page, with all that was typed.
document.addEventListener("htmx:responseError", (event) => {
  const button = event.detail.elt;
  button.form?.requestSubmit(button);
});

document.addEventListener("htmx:sendError", (event) => {
  const told = event.detail.target.querySelector("[data-not-sent]");
  if (told) told.hidden = false;
});
