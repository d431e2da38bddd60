/* Quick exit: one tap or Esc twice. The page goes blank at once, its history entry is replaced, she is signed out. */
const exit = document.querySelector("[data-exit]");

function leave(event) {
  event?.preventDefault();
  document.body.hidden = true;
  document.title = " ";
  window.dispatchEvent(new Event("svangre:leave"));
  location.replace(exit.href);
}

if (exit) {
  exit.addEventListener("click", leave);
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1000) leave(event);
    last = event.timeStamp;
  });
}

/* A page kept by the browser after she left is asked for again, and then shows that it is closed. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

document.querySelector("[data-focus]")?.focus();

/* What she typed before she had to sign in again is saved without one more press. */
document.getElementById("carried")?.requestSubmit();

/* Pressed twice is sent once. */
for (const form of document.querySelectorAll("form[data-once]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
}
