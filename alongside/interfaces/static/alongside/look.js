// Everything here is extra: each page does all it must without it.
const leave = document.querySelector("[data-leave]");

// Hide the page at once, then put the other page in its place, so that "back" does not show this one.
function leaveFast() {
  document.body.classList.add("left");
  document.title = "";
  window.location.replace(leave.href);
}

if (leave) {
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    leaveFast();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { presses = []; return; }
    presses = [...presses.filter((then) => event.timeStamp - then < 3000), event.timeStamp];
    if (presses.length >= 3) leaveFast();
  });
}

// Take the reader to what is wrong, and from each line of it to the answer that needs changing.
// The page stays where it is if the first line of it can be seen: a page that jumps is hard to follow.
const wrong = document.querySelector("[data-focus]");
if (wrong) {
  wrong.focus({ preventScroll: true });
  const top = wrong.getBoundingClientRect().top;
  if (top < 0 || top > window.innerHeight * 0.8) wrong.scrollIntoView();
}

// A second press on the same button sends nothing twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  window.setTimeout(() => { delete form.dataset.sent; }, 4000);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});

// Long work: look again every few seconds and change only the lines that changed.
async function lookAgain() {
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const name of ["[data-progress]", "[data-progress-next]"]) {
    const now = document.querySelector(name), then = fresh.querySelector(name);
    if (now && then) now.replaceWith(then);
  }
  if (document.querySelector('[data-progress="going"]')) window.setTimeout(lookAgain, 3000);
}
if (document.querySelector('[data-progress="going"]')) window.setTimeout(lookAgain, 3000);

// Paper cannot be unfolded: what is folded is opened before printing, and closed again after it.
window.addEventListener("beforeprint", () => {
  // Of several that share a name, one at most can stand open: for paper they give it up.
  document.querySelectorAll("details[name]").forEach((one) => { one.dataset.named = one.name; one.removeAttribute("name"); });
  document.querySelectorAll("details:not([open])").forEach((one) => { one.dataset.forPaper = "yes"; one.open = true; });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-for-paper]").forEach((one) => { one.open = false; delete one.dataset.forPaper; });
  document.querySelectorAll("details[data-named]").forEach((one) => { one.setAttribute("name", one.dataset.named); delete one.dataset.named; });
});
