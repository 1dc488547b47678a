/* Small help for what HTML leaves open. Everything works without it.
   The policy forbids inline script, so all behaviour is found by class or data attribute. */
"use strict";

/* Dates in words beside a date field: its own format follows the browser, and 04/01 can be misread. */
const inWords = new Intl.DateTimeFormat("en-GB", {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});

function sayDate(input) {
  const words = document.getElementById(input.dataset.words);
  const day = input.valueAsDate;
  if (words) words.textContent = day ? inWords.format(day).replace(",", "") : "";
}

/* A table shown as cards is `display: block`, which takes its roles away in some browsers. */
const ROLES = { THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

function giveRoles(table) {
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody, tfoot, tr, td, th")) {
    const header = part.scope === "row" ? "rowheader" : "columnheader";
    part.setAttribute("role", part.tagName === "TH" ? header : ROLES[part.tagName]);
  }
}

/* A button that says what it is doing cannot be pressed twice. */
function sayBusy(form, button) {
  if (!button || !button.dataset.once) return;
  setTimeout(() => {
    button.disabled = true;
    button.textContent = button.dataset.once;
  });
  window.addEventListener("pageshow", () => { button.disabled = false; }, { once: true });
}

/* A date that is offered beside a field is taken without leaving the page. */
function takeDate(button) {
  const input = document.getElementById(button.dataset.into);
  input.value = button.dataset.value || button.value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
}

/* On a phone the tabs scroll sideways: the one that is shown must be in sight. */
function showTab() {
  const bar = document.querySelector(".tabs");
  const current = bar && bar.querySelector("[aria-current]");
  if (current) bar.scrollLeft = current.offsetLeft - bar.offsetLeft - (bar.clientWidth - current.offsetWidth) / 2;
}

function start(root) {
  for (const table of root.querySelectorAll("table.cards")) giveRoles(table);
  for (const input of root.querySelectorAll("[data-words]")) sayDate(input);
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    if (event.target.dataset.words) sayDate(event.target);
  });
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-into]");
  if (button) {
    event.preventDefault();
    takeDate(button);
  } else if (event.target.closest("[data-print]")) {
    window.print();
  }
});
document.addEventListener("submit", (event) => sayBusy(event.target, event.submitter));
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
document.addEventListener("DOMContentLoaded", () => {
  start(document);
  showTab();
});
